package org.callclear.bench.tokens;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.callclear.bench.harness.Asked;
import org.callclear.bench.harness.Findings;
import org.callclear.bench.harness.Plan;
import org.callclear.bench.harness.Series;

/**
 * Tokens a second on one thread: issued and verified as the product does it, and the signatures alone over as many bytes.
 * Beside them one signature over a batch, whose root each token leads to by a path.
 */
public final class TokensBench {
    private static final double SHARE = 0.8;
    private static final long LONG_NANOS = 2_000_000_000L;
    private static final long SHORT_NANOS = 400_000_000L;
    private static final int WARM_UPS = 2;
    /** As many as one call has, and as many as could wait for one another under load. */
    private static final List<Integer> BATCHES = List.of(3, 16);

    private final Plan plan;
    private final Sample sample = Sample.make();

    /** @param plan as it was typed */
    public TokensBench(Plan plan) {
        this.plan = plan;
    }

    /** One thing to be done over and over; the sum of what it gives keeps it from being left out. */
    @FunctionalInterface
    private interface Work {
        int once(int turn);
    }

    private record Named(String name, Work work, int tokens, List<Double> rates) {
        static Named of(String name, int tokens, Work work) {
            return new Named(name, work, tokens, new ArrayList<>());
        }
    }

    /** Runs all; true when tokens take no more than a fifth beyond their signatures. */
    public boolean run(PrintStream out) {
        List<Named> all = new ArrayList<>();
        all.add(Named.of("issue a token", 1, turn -> sample.issue(turn).length()));
        all.add(Named.of("sign the same bytes (Bouncy Castle's Ed25519)", 1, turn -> sample.sign(turn)[0]));
        all.add(Named.of("verify a token (all checks but its one use)", 1, turn -> sample.examine(turn) ? 1 : fail()));
        all.add(Named.of(
                "verify the same signature (Bouncy Castle's Ed25519)", 1, turn -> sample.check(turn) ? 1 : fail()));
        for (int batch : BATCHES) {
            BatchOfTokens tokens = new BatchOfTokens(sample, batch);
            all.add(Named.of(
                    "sign the inputs of " + batch + " tokens with one signature",
                    batch,
                    turn -> tokens.issue(turn).size()));
            all.add(Named.of("verify one of " + batch, 1, turn -> tokens.verifyOne(turn) ? 1 : fail()));
        }
        measure(all);
        return findings(all).report(out);
    }

    private void measure(List<Named> all) {
        for (int run = -WARM_UPS; run < plan.runs(); run++) {
            for (Named one : all) { // in turn, so that what else the machine does falls on all alike
                double rate = rate(one);
                if (run >= 0) {
                    one.rates().add(rate);
                }
            }
        }
    }

    private double rate(Named one) {
        long until = plan.isQuick() ? SHORT_NANOS : LONG_NANOS;
        long begun = System.nanoTime();
        long sum = 0;
        int turn = 0;
        long now;
        do {
            sum += one.work().once(turn++);
            now = System.nanoTime();
        } while (now - begun < until);
        if (sum == Long.MIN_VALUE) {
            throw new IllegalStateException("never");
        }
        return turn * (double) one.tokens() * 1e9 / (now - begun);
    }

    private Findings findings(List<Named> all) {
        Findings findings = new Findings("tokens", "Tokens a second on one core", plan);
        findings.remark("a token has " + sample.issue(0).length() + " bytes; one thread; "
                + Ed25519.class.getPackage().getName());
        findings.remark(
                "a batch is a hash tree over signing inputs that are made already (RFC 6962 hashing); one signature over its root");
        List<Series> series = all.stream()
                .map(one -> findings.measured(one.name(), "tokens/s", one.rates()))
                .toList();
        findings.ask(Asked.atLeast(
                "issue, of the bare signature",
                series.get(0).median() / series.get(1).median(),
                SHARE));
        findings.ask(Asked.atLeast(
                "verify, of the bare check",
                series.get(2).median() / series.get(3).median(),
                SHARE));
        return findings;
    }

    private static int fail() {
        throw new IllegalStateException("a good token is refused");
    }
}
