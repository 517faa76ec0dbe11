package org.callclear.proxy.call;

import java.time.Instant;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.sip.call.Cause;

/**
 * What the originating CDR of one attempt says.
 *
 * @param attempt what was tried
 * @param endedAt when it ended; never before it began or was answered
 * @param status SIP final status of the attempt: 200 when answered
 * @param cause why it ended
 * @param source who ended it
 */
public record AttemptReport(Attempt attempt, Instant endedAt, int status, Cause cause, ReleaseSource source) {
    /** A clock that was set back must not give a report that ends before it began. */
    public AttemptReport {
        Instant begun = attempt.answeredAt() == null ? attempt.setupAt() : attempt.answeredAt();
        endedAt = endedAt.isBefore(begun) ? begun : endedAt;
    }
}
