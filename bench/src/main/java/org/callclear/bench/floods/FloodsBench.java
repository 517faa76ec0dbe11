package org.callclear.bench.floods;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.callclear.bench.report.Machine;
import org.callclear.sip.agent.DigestRealm;
import org.callclear.sip.agent.SipCounters;
import org.callclear.sip.agent.SipSettings;
import org.callclear.sip.agent.SipUserAgent;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.IncomingCall;
import org.callclear.sip.call.Sdp;
import org.callclear.sip.transport.Limits;

/**
 * Measures what a known caller waits for a first answer, alone and beside a flood, and writes down what came out. What must
 * hold: every call of theirs is answered, and 99 in 100 before the caller would send his INVITE again.
 */
public final class FloodsBench {
    private static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    /** T1 (RFC 3261, 17.1.1.1): a caller over UDP who has heard nothing for so long sends again. */
    private static final Duration WITHIN = Duration.ofMillis(500);

    private final FloodOptions options;
    private final List<String> lines = new ArrayList<>();
    private boolean held = true;
    private boolean inTime = true;

    /** @param options as they were typed */
    public FloodsBench(FloodOptions options) {
        this.options = options;
    }

    /** Runs all; true when every known caller's call was answered, and in time. */
    public boolean run(PrintStream out) {
        head();
        try {
            measure("(warm-up, none)", 0);
            inTime = true; // what runs for the first time is slow
            measure("none", 0);
            measure(options.flood + "/s from one address", 1);
            measure(options.flood + "/s from " + options.addresses + " addresses", options.addresses);
            measure("none, again", 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        lines.add("");
        lines.add("- every known caller's call was answered: " + (held ? "met" : "MISSED"));
        lines.add("- p99 of each row but the warm-up is under " + WITHIN.toMillis() + " ms: "
                + (inTime ? "met" : "MISSED"));
        lines.forEach(out::println);
        write();
        return held && inTime;
    }

    private void head() {
        Machine machine = Machine.here();
        lines.add("# Known callers beside floods");
        lines.add("");
        lines.add("- at: " + Instant.now().truncatedTo(ChronoUnit.SECONDS));
        lines.add("- command: `" + options.command + "`");
        lines.add("- commit: " + options.commit);
        lines.add("- machine: " + machine.cores() + " cores, " + machine.memoryMib() + " MiB, " + machine.kernel());
        lines.add("- JDK: " + machine.jdk());
        lines.add("- load before: " + String.format(Locale.ROOT, "%.2f", Machine.load()));
        lines.add("- " + options.calls + " calls over UDP at " + options.rate
                + "/s in each row; ms from the first INVITE to 180, the challenge between them included");
        lines.add("- agent, caller and flood share one process and its cores");
        lines.add("");
        lines.add("| flood | p50 | p90 | p99 | most | failed | sent | challenged | shed | transactions at the end |");
        lines.add("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    }

    private void measure(String name, int addresses) throws InterruptedException {
        DigestRealm realm = new DigestRealm("bench", user -> Optional.of("secret"));
        try (SipUserAgent agent = SipUserAgent.start(
                        SipSettings.of(FREE, "bench", realm),
                        FloodsBench::answer,
                        Limits.USUAL,
                        Clock.systemUTC(),
                        new SecureRandom());
                SipUserAgent phone = SipUserAgent.start(SipSettings.of(FREE, "phone", null), call -> {})) {
            KnownCalls calls = new KnownCalls(phone, agent.address(), options.calls);
            long sent = 0;
            boolean all;
            if (addresses == 0) {
                all = calls.place(options.rate);
            } else {
                try (Flood flood = new Flood(agent.address(), options.flood, addresses)) {
                    all = calls.place(options.rate);
                    sent = flood.sent();
                }
            }
            held &= all && calls.failed() == 0;
            inTime &= nanosAt(calls.waitsNanos(), 0.99) < WITHIN.toNanos();
            row(name, calls, sent, agent.counters());
        }
    }

    private static void answer(IncomingCall call) {
        call.listen(new IncomingCall.Listener() {
            @Override
            public void cancelled() {}

            @Override
            public void confirmed() {
                call.hangUp(Cause.NORMAL);
            }

            @Override
            public void ended(Cause cause) {}
        });
        call.progress(180, Sdp.NONE);
        call.answer(Sdp.NONE);
    }

    private void row(String name, KnownCalls calls, long sent, SipCounters seen) {
        long[] waits = calls.waitsNanos();
        lines.add("| "
                + String.join(
                        " | ",
                        name,
                        millis(waits, 0.50),
                        millis(waits, 0.90),
                        millis(waits, 0.99),
                        millis(waits, 1),
                        Integer.toString(calls.failed()),
                        Long.toString(sent),
                        Long.toString(seen.challenges()),
                        Long.toString(seen.floods().shed()),
                        Integer.toString(seen.openTransactions()))
                + " |");
    }

    private static String millis(long[] ascending, double part) {
        return ascending.length == 0 ? "-" : String.format(Locale.ROOT, "%.2f", nanosAt(ascending, part) / 1e6);
    }

    /** The wait that this part of all did not exceed; endless when nobody heard anything. */
    private static long nanosAt(long[] ascending, double part) {
        int at = (int) Math.ceil(part * ascending.length) - 1;
        return ascending.length == 0 ? Long.MAX_VALUE : ascending[Math.max(0, at)];
    }

    private void write() {
        try {
            Files.createDirectories(options.results);
            String name = "floods-"
                    + Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
            Files.writeString(options.results.resolve(name + ".md"), String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(options.results + ": the report cannot be written", e);
        }
    }
}
