package org.callclear.settlement.reconcile;

import java.time.Instant;
import org.callclear.schemas.avro.FileEntry;
import org.callclear.schemas.avro.FileReport;
import org.callclear.schemas.avro.ReconciledCall;
import org.jspecify.annotations.Nullable;

/** Writes down what holds for an attempt, without prices. */
final class CallText {
    private CallText() {}

    /** @param standing what the books hold; null for nothing */
    static ReconciledCall of(Attempt attempt, LegState leg, Moment now, @Nullable Standing standing, String cause) {
        FileEntry entry = standing == null ? null : standing.entry();
        boolean known = !attempt.sides().isEmpty();
        return new ReconciledCall(
                now.callId(),
                leg.getLeg(),
                transaction(attempt),
                known || attempt.grant() != null ? attempt.originatingCarrier() : "",
                known || attempt.route() != null ? attempt.terminatingCarrier() : "",
                known || attempt.grant() != null ? attempt.called() : "",
                leg.getReconciliation(),
                Instant.ofEpochMilli(known ? attempt.ratedAt() : now.logMillis()),
                talked(attempt.sides().originating()),
                talked(attempt.sides().terminating()),
                entry == null ? null : orNull(entry.getSettledMillis()),
                standing == null || standing.owedIn() == null
                        ? ""
                        : standing.owedIn().period(),
                null,
                null,
                leg.getRevision(),
                standing == null ? "" : standing.entryId(),
                cause,
                entry == null ? null : orNull(entry.getClaimedMillis()),
                entry != null && entry.getAttempt(),
                leg.getIrregularities());
    }

    static @Nullable Long talked(@Nullable FileReport report) {
        return report == null ? null : (Long) Files.talked(report);
    }

    static @Nullable Long orNull(long millis) {
        return millis == Files.NONE ? null : (Long) millis;
    }

    private static @Nullable String transaction(Attempt attempt) {
        if (attempt.route() != null) {
            return attempt.route().getTransactionId();
        }
        return attempt.sides().isEmpty() ? null : attempt.sides().any().getTransactionId();
    }
}
