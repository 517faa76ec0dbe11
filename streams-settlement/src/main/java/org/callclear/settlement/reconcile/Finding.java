package org.callclear.settlement.reconcile;

import org.callclear.schemas.avro.CallAttempt;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.avro.ReconciledCall;

/** What came of looking at a call. */
public sealed interface Finding {
    /**
     * A talk time that settles, not yet priced.
     *
     * @param call with no prices in it
     * @param grant holds what the originating carrier owes
     * @param route holds what the terminating carrier is owed
     */
    record Settled(ReconciledCall call, Grant grant, GrantedRoute route) implements Finding {}

    /** A comparison after which nothing settles. */
    record Withheld(ReconciledCall call) implements Finding {}

    /** Something for people to decide, or to note. */
    record Disputed(Dispute dispute) implements Finding {}

    /** An attempt that was never answered. */
    record Attempted(CallAttempt attempt) implements Finding {}
}
