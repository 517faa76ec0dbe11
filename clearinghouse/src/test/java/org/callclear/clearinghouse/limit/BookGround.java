package org.callclear.clearinghouse.limit;

import static org.callclear.clearinghouse.limit.Calls.OVER_WITHIN;

import java.time.Instant;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.avro.Role;

/** A book, the limits in force and a clock that a test sets. */
abstract class BookGround {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    final LimitBook book = new LimitBook(OVER_WITHIN, 100_000);
    Instant now = NOON;
    Limits limits = Limits.NONE;

    NewCall call(String called, String rate) {
        return Calls.call(now, "acme", called, rate);
    }

    boolean goesOn(NewCall call) {
        return book.admit(call, limits, now).refusals().isEmpty();
    }

    boolean goesOn(String called) {
        return goesOn(call(called, "0.60"));
    }

    DenialReason struck(String called) {
        return book.admit(call(called, "0.60"), limits, now)
                .refusals()
                .getFirst()
                .reason();
    }

    void report(AcceptedCdr report) {
        book.reported(report, limits, now);
    }

    AcceptedCdr over(NewCall call, Role side, String reporter, int leg) {
        return Calls.answered(call.id().toString(), "acme", side, reporter, leg, now.minusSeconds(1), now);
    }
}
