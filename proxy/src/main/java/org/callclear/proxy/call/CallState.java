package org.callclear.proxy.call;

import java.time.Duration;
import java.util.List;
import org.callclear.schemas.call.CallId;
import org.callclear.sip.call.Cause;

/** Where a call stands. */
public sealed interface CallState {
    /** The INVITE has come, nothing has been done. */
    record Idle(Invitation call) implements CallState {}

    /** The clearinghouse was asked; the caller has heard 100 (RFC 3261, 17.2.1: Proceeding). */
    record Authorizing(Invitation call) implements CallState {}

    /** A gateway was asked; nothing was heard of the called side. */
    record Trying(Hunt hunt) implements CallState {}

    /**
     * The called side rings; the caller is in an early dialog (RFC 3261, 12.1).
     *
     * @param earlyMedia whether the caller was given a session description: then no other gateway can take over, since
     *     the answer must repeat it (RFC 3261, 13.2.1)
     */
    record Ringing(Hunt hunt, boolean earlyMedia) implements CallState {}

    /**
     * The call is up (RFC 3261, 13.3.1.4).
     *
     * @param confirmed whether the caller's ACK has come
     */
    record Talking(Hunt hunt, boolean confirmed) implements CallState {}

    /**
     * The call is over; it only knows where it has been, so that a gateway that answers late is told.
     *
     * @param summary for the log and the counters
     * @param former every gateway that was tried
     */
    record Ended(CallId call, Summary summary, List<GatewayLeg> former) implements CallState {
        /** Copies the legs. */
        public Ended {
            former = List.copyOf(former);
        }
    }

    /**
     * A call in one line.
     *
     * @param outcome what became of it
     * @param status SIP final status that the caller heard
     * @param cause Q.850
     * @param attempts how many gateways were tried
     * @param talked zero when it was not answered
     */
    record Summary(Outcome outcome, int status, Cause cause, int attempts, Duration talked) {}
}
