package org.callclear.bench.floods;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.callclear.bench.harness.Asked;
import org.callclear.bench.harness.Findings;
import org.callclear.bench.harness.Series;
import org.callclear.sip.agent.DigestRealm;
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
    private final Findings findings;

    /** @param options as they were typed */
    public FloodsBench(FloodOptions options) {
        this.options = options;
        this.findings = new Findings("floods", "Known callers beside floods", options.plan);
    }

    /** One kind of flood and what was seen beside it, run by run. */
    private record Scenario(
            String name, int addresses, List<Double> half, List<Double> most, List<Double> sent, List<Double> shed) {
        static Scenario of(String name, int addresses) {
            return new Scenario(
                    name, addresses, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /** Runs all; true when every known caller's call was answered, and in time. */
    public boolean run(PrintStream out) {
        findings.remark(options.calls() + " calls over UDP at " + options.rate
                + "/s in each run; ms from the first INVITE to 180, the challenge between them included");
        findings.remark("agent, caller and flood share one process and its cores");
        List<Scenario> scenarios = List.of(
                Scenario.of("no flood", 0),
                Scenario.of(options.flood + "/s from one address", 1),
                Scenario.of(options.flood + "/s from " + options.addresses + " addresses", options.addresses));
        int unanswered = 0;
        try {
            measure(Scenario.of("warm-up: what runs for the first time is slow", 0));
            for (int run = 0; run < options.plan.runs(); run++) {
                for (Scenario scenario : scenarios) {
                    unanswered += measure(scenario);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        tell(scenarios);
        findings.ask(Asked.atMost("calls of known callers that were not answered", unanswered, 0));
        return findings.report(out);
    }

    private void tell(List<Scenario> scenarios) {
        for (Scenario scenario : scenarios) {
            findings.measured(scenario.name() + ", p50", "ms", scenario.half());
            Series late = findings.measured(scenario.name() + ", p99", "ms", scenario.most());
            findings.ask(Asked.atMost(scenario.name() + ", p99, ms", late.median(), (double) WITHIN.toMillis()));
            if (scenario.addresses() > 0) {
                findings.measured(scenario.name() + ", sent", "INVITEs", scenario.sent());
                findings.measured(scenario.name() + ", shed", "INVITEs", scenario.shed());
            }
        }
    }

    /** How many of the known caller's calls were not answered. */
    private int measure(Scenario scenario) throws InterruptedException {
        DigestRealm realm = new DigestRealm("bench", user -> Optional.of("secret"));
        try (SipUserAgent agent = SipUserAgent.start(
                        SipSettings.of(FREE, "bench", realm),
                        FloodsBench::answer,
                        Limits.USUAL,
                        Clock.systemUTC(),
                        new SecureRandom());
                SipUserAgent phone = SipUserAgent.start(SipSettings.of(FREE, "phone", null), call -> {})) {
            KnownCalls calls = new KnownCalls(phone, agent.address(), options.calls());
            long sent = 0;
            if (scenario.addresses() == 0) {
                calls.place(options.rate);
            } else {
                try (Flood flood = new Flood(agent.address(), options.flood, scenario.addresses())) {
                    calls.place(options.rate);
                    sent = flood.sent();
                }
            }
            long[] waits = calls.waitsNanos();
            scenario.half().add(millisAt(waits, 0.50));
            scenario.most().add(millisAt(waits, 0.99));
            scenario.sent().add((double) sent);
            scenario.shed().add((double) agent.counters().floods().shed());
            return options.calls() - waits.length + calls.failed();
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

    /** The wait in ms that this part of all did not exceed; endless when nobody heard anything. */
    private static double millisAt(long[] ascending, double part) {
        int at = (int) Math.ceil(part * ascending.length) - 1;
        return ascending.length == 0 ? Double.POSITIVE_INFINITY : ascending[Math.max(0, at)] / 1e6;
    }
}
