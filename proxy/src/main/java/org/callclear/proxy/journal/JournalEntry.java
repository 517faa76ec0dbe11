package org.callclear.proxy.journal;

import java.time.Instant;
import org.callclear.proxy.call.Attempt;
import org.callclear.proxy.call.AttemptReport;
import org.callclear.schemas.call.CallId;

/** One line of the journal. */
sealed interface JournalEntry {
    /** The latest instant that the entry speaks of. */
    Instant at();

    /** An attempt begins, or is under way in a journal that was written anew. */
    record Opened(Attempt attempt) implements JournalEntry {
        @Override
        public Instant at() {
            Instant answeredAt = attempt.answeredAt();
            return answeredAt == null ? attempt.setupAt() : answeredAt;
        }
    }

    /** An attempt was answered. */
    record Answered(CallId call, int leg, Instant at) implements JournalEntry {}

    /** An attempt ended, and its report is to be sent. */
    record Reported(AttemptReport report) implements JournalEntry {
        @Override
        public Instant at() {
            return report.endedAt();
        }
    }

    /** A report is safe. */
    record Sent(CallId call, int leg, Instant at) implements JournalEntry {}

    /** The proxy was alive. */
    record Alive(Instant at) implements JournalEntry {}
}
