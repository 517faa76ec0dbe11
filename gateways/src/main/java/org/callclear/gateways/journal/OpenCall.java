package org.callclear.gateways.journal;

import java.time.Instant;
import org.callclear.gateways.call.CallFacts;
import org.callclear.gateways.call.CallMachine;
import org.callclear.gateways.call.Outcome;
import org.callclear.schemas.avro.ReleaseSource;
import org.jspecify.annotations.Nullable;

/**
 * A call as the journal has it: let in, and its CDR not yet known to be safe.
 *
 * @param answeredAt null while it is not answered
 * @param outcome null while it is up
 */
public record OpenCall(
        CallFacts facts,
        @Nullable Instant answeredAt,
        @Nullable Outcome outcome) {

    OpenCall answered(Instant at) {
        return new OpenCall(facts, at, outcome);
    }

    OpenCall ended(Outcome end) {
        return new OpenCall(facts, end.answeredAt(), end);
    }

    /**
     * How it ended, or, when it was up as the process died, that it ended at the last instant at which the process is
     * known to have lived: never after it, for nobody is charged for what is not known, and never beyond what the token
     * allowed.
     *
     * @param lastMark the last mark in the journal
     */
    public Outcome outcomeAt(Instant lastMark) {
        if (outcome != null) {
            return outcome;
        }
        Instant begin = answeredAt == null ? facts.setupAt() : answeredAt;
        Instant end = lastMark.isAfter(begin) ? lastMark : begin;
        int cause = CallMachine.GOING_DOWN.q850();
        if (answeredAt == null) {
            return new Outcome(null, end, CallMachine.GATEWAY_FAILED, cause, ReleaseSource.GATEWAY);
        }
        Instant limit = answeredAt.plus(facts.maxDuration());
        return new Outcome(answeredAt, end.isAfter(limit) ? limit : end, 200, cause, ReleaseSource.GATEWAY);
    }
}
