package org.callclear.app.logview;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.topics.Topic;
import org.jspecify.annotations.Nullable;

/** The way that a call goes through the log: what comes before what when times do not tell. */
final class Flow {
    private static final List<String> ORDER = List.of(
            "AuthorizationRequest",
            "Grant",
            "AuthorizationGranted",
            "AuthorizationDenied",
            "SetupRequested",
            "SetupRejected",
            "SetupProgress",
            "SetupAnswered",
            "SetupFailed",
            "SetupCancelled",
            "CallReleased",
            "CallDetailRecord",
            "RejectedRecord",
            "ResolveDispute",
            "RerateCall",
            "CommandOutcome",
            "AcceptedCdr",
            "ReconciledCall",
            "CallAttempt",
            "LedgerEntry",
            "Dispute");

    private Flow() {}

    /** The lower comes first. */
    static int rank(LogRecord record) {
        int place = ORDER.indexOf(record.type());
        // A command stands on its own topic first; once it is in the journal, it goes with what it changes.
        boolean inJournal = record.family() == Topic.SETTLEMENT_JOURNAL && place > ORDER.indexOf("CallDetailRecord");
        return place < 0 ? ORDER.size() : inJournal ? ORDER.indexOf("AcceptedCdr") : place;
    }

    /** The call that a record of ours is about; null when it names none. */
    static @Nullable String callId(SpecificRecord record) {
        Schema.Field field = record.getSchema().getField("callId");
        return field == null ? null : String.valueOf(record.get(field.pos()));
    }
}
