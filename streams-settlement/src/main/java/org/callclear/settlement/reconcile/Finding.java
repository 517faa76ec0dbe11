package org.callclear.settlement.reconcile;

import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallAttempt;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.ReconciledCall;
import org.jspecify.annotations.Nullable;

/** What came of looking at a call. */
public sealed interface Finding {
    /**
     * Something else holds for an attempt than before.
     *
     * @param call what holds now, without prices
     * @param reversalId name of the entry that takes back what the books held; empty when they held nothing
     * @param before what is to be taken back; null when the books held nothing
     * @param after what the books are to hold; null for nothing
     * @param cause FIRST, CORRECTION, LATE_REPORT, RESOLUTION or RERATE
     * @param commandId the command behind it; empty when none is
     */
    record Changed(
            ReconciledCall call,
            String reversalId,
            @Nullable Standing before,
            @Nullable Standing after,
            String cause,
            String commandId)
            implements Finding {}

    /** A dispute has a new state. */
    record Disputed(Dispute dispute) implements Finding {}

    /** An attempt that was never answered. */
    record Attempted(CallAttempt attempt) implements Finding {}

    /**
     * A report that contradicts the one known under its key and does not take its place.
     *
     * @param reason CONFLICT, SUPERSEDED or TOO_MANY_VERSIONS
     */
    record SetAside(AcceptedCdr report, String reason, String detail) implements Finding {}

    /** A report said nothing new. */
    record Repeated() implements Finding {}

    /** What became of a command. */
    record Answered(CommandOutcome outcome) implements Finding {}
}
