package org.callclear.bench.counting;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.callclear.bench.harness.Asked;
import org.callclear.bench.harness.Findings;
import org.callclear.bench.harness.Plan;
import org.callclear.bench.harness.Series;
import org.callclear.bench.tokens.Keys;
import org.callclear.clearinghouse.stage.Stage;
import org.callclear.metrics.Latency;
import org.callclear.metrics.MeterBook;
import org.callclear.metrics.Meters;
import org.callclear.tokens.SigningKeys;

/**
 * Decisions and token checks a second on one thread, with meters that stand on a page and with meters that nobody reads, in short
 * turns one after the other; and one latency by itself, for what is too little to be seen in those.
 */
public final class CountingBench {
    private static final double MOST_PERCENT = 2;
    private static final long TURN_NANOS = 50_000_000L;
    private static final int TURNS = 40;
    private static final int QUICK_TURNS = 8;
    private static final int WARM_UPS = 2;
    private static final int LATENCIES_OF_A_DECISION = 5;
    private static final int LATENCIES_OF_A_CHECK = 2;
    private static final double PERCENT = 100;

    private final Plan plan;

    /** @param plan as it was typed */
    public CountingBench(Plan plan) {
        this.plan = plan;
    }

    /** One thing to be done over and over; the sum of what it gives keeps it from being left out. */
    @FunctionalInterface
    private interface Work {
        int once(int turn);
    }

    /** The same work with and without counting. */
    private record Pair(String name, Work with, Work without, List<Double> rates, List<Double> bareRates) {
        static Pair of(String name, Work with, Work without) {
            return new Pair(name, with, without, new ArrayList<>(), new ArrayList<>());
        }
    }

    /** Runs all; true when counting takes less than 2% of either. */
    public boolean run(PrintStream out) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        SigningKeys keys = Keys.make(now);
        try (MeterBook book = new MeterBook()) {
            Meters meters = book.of("bench", "bench");
            Decisions counted = new Decisions(keys, now, meters, true);
            Decisions bare = new Decisions(keys, now, Meters.unread(), false);
            TokenGate countedGate = new TokenGate(keys, now, bare, meters);
            TokenGate bareGate = new TokenGate(keys, now, bare, Meters.unread());
            Latency one =
                    meters.latencies("bench.one", "one", "stage", Stage.class).of(Stage.DECIDED);
            List<Pair> pairs = List.of(
                    Pair.of("decisions", turn -> size(counted), turn -> size(bare)),
                    Pair.of("token checks", turn -> check(countedGate, turn), turn -> check(bareGate, turn)));
            List<Double> nanos = new ArrayList<>();
            for (int run = -WARM_UPS; run < plan.runs(); run++) {
                for (Pair pair : pairs) {
                    measure(pair, run >= 0);
                }
                double each = nanosOf(one);
                if (run >= 0) {
                    nanos.add(each);
                }
            }
            return findings(pairs, nanos).report(out);
        }
    }

    private static int size(Decisions decisions) {
        return decisions.decide().answer().getRoutes().size();
    }

    private static int check(TokenGate gate, int turn) {
        if (!gate.check(turn)) {
            throw new IllegalStateException("a good token is refused");
        }
        return 1;
    }

    /** Short turns of each, so that what else the machine does falls on both alike; who begins changes. */
    private void measure(Pair pair, boolean keep) {
        Stretch with = new Stretch();
        Stretch without = new Stretch();
        for (int turn = 0; turn < (plan.isQuick() ? QUICK_TURNS : TURNS); turn++) {
            if (turn % 2 == 0) {
                with.run(pair.with());
                without.run(pair.without());
            } else {
                without.run(pair.without());
                with.run(pair.with());
            }
        }
        if (keep) {
            pair.rates().add(with.rate());
            pair.bareRates().add(without.rate());
        }
    }

    private static final class Stretch {
        private long done;
        private long nanos;
        private long sum;

        void run(Work work) {
            long begun = System.nanoTime();
            long now;
            do {
                sum += work.once((int) (done++ & Integer.MAX_VALUE));
                now = System.nanoTime();
            } while (now - begun < TURN_NANOS);
            nanos += now - begun;
        }

        double rate() {
            if (sum == Long.MIN_VALUE) {
                throw new IllegalStateException("never");
            }
            return done * 1e9 / nanos;
        }
    }

    private double nanosOf(Latency one) {
        int times = plan.isQuick() ? 500_000 : 5_000_000;
        long begun = System.nanoTime();
        for (int i = 0; i < times; i++) {
            one.tookSince(begun);
        }
        return (System.nanoTime() - begun) / (double) times;
    }

    private Findings findings(List<Pair> pairs, List<Double> nanos) {
        Findings findings = new Findings("metrics", "What counting costs", plan);
        findings.remark(
                "one thread; turns of " + TURN_NANOS / 1_000_000 + " ms with and without counting by turns; a run is "
                        + (plan.isQuick() ? QUICK_TURNS : TURNS) + " of each");
        findings.remark("without counting: meters that nobody reads, the state of a party whose file has no `metrics`");
        List<Double> costs = new ArrayList<>();
        List<Double> decisionNanos = new ArrayList<>();
        for (Pair pair : pairs) {
            Series with = findings.measured(pair.name() + ", counted", "1/s", pair.rates());
            Series without = findings.measured(pair.name() + ", not counted", "1/s", pair.bareRates());
            costs.add((without.median() / with.median() - 1) * PERCENT);
            decisionNanos.add(1e9 / without.median());
        }
        Series latency = findings.measured("one latency, clock and all", "ns", nanos);
        for (int i = 0; i < pairs.size(); i++) {
            findings.ask(
                    Asked.atMost("counting, of " + pairs.get(i).name() + " (medians), %", costs.get(i), MOST_PERCENT));
        }
        findings.ask(Asked.atMost(
                LATENCIES_OF_A_DECISION + " latencies, of one decision, %",
                LATENCIES_OF_A_DECISION * latency.median() / decisionNanos.get(0) * PERCENT,
                MOST_PERCENT));
        findings.ask(Asked.atMost(
                LATENCIES_OF_A_CHECK + " latencies, of one token check, %",
                LATENCIES_OF_A_CHECK * latency.median() / decisionNanos.get(1) * PERCENT,
                MOST_PERCENT));
        return findings;
    }
}
