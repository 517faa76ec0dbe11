package org.callclear.gateways.gate;

import org.callclear.metrics.Counts;
import org.callclear.metrics.Latencies;
import org.callclear.metrics.Latency;
import org.callclear.metrics.Meters;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.tokens.Verdict;

/** Counts what became of tokens, and how long it takes to know. Safe for many threads. */
public final class TokenChecks {
    private final Latencies<Outcome> examinations;
    private final Latency uses;
    private final Counts<SetupRefusal> refusals;

    /** What an examination found. */
    private enum Outcome {
        GOOD,
        REFUSED
    }

    /** Shown by these meters. */
    public TokenChecks(Meters meters) {
        this.examinations = meters.latencies(
                "gateway.token.check",
                "how long a token is examined: its signature and all it says, without its use",
                "outcome",
                Outcome.class);
        this.uses = meters.latency(
                "gateway.token.use", "how long a good token waits until its one use is confirmed or not");
        this.refusals = meters.counts(
                "gateway.token.refusals", "tokens that open nothing, by reason", "reason", SetupRefusal.class);
    }

    void examined(Verdict verdict, long begunNanos) {
        switch (verdict) {
            case Verdict.Accepted good -> examinations.of(Outcome.GOOD).tookSince(begunNanos);
            case Verdict.Rejected rejected -> {
                examinations.of(Outcome.REFUSED).tookSince(begunNanos);
                refusals.count(rejected.refusal());
            }
        }
    }

    void used(Verdict verdict, long begunNanos) {
        uses.tookSince(begunNanos);
        if (verdict instanceof Verdict.Rejected rejected) {
            refusals.count(rejected.refusal());
        }
    }
}
