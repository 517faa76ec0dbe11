package org.callclear.gateways.call;

import java.time.Instant;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Sdp;

/** What can happen to a call. */
public sealed interface CallEvent {
    /** When it happened, whole milliseconds. */
    Instant at();

    /** The trunk sent a provisional response of 180 to 189. */
    record TrunkProgress(int status, Sdp sdp, Instant at) implements CallEvent {}

    /** The trunk answered. */
    record TrunkAnswered(Sdp sdp, Instant at) implements CallEvent {}

    /** The trunk did not connect the call. */
    record TrunkFailed(int status, Cause cause, Instant at) implements CallEvent {}

    /** The called side hung up. */
    record TrunkEnded(Cause cause, Instant at) implements CallEvent {}

    /** A record of the proxy asks to give the attempt up. Not believed before its names are compared. */
    record Cancelled(String callId, String transactionId, Cause cause, Instant at) implements CallEvent {}

    /** A record of the proxy says that the call is over. Not believed before its names are compared. */
    record Released(String callId, String transactionId, Cause cause, ReleaseSource source, Instant at)
            implements CallEvent {}

    /** As long as the token allows has been talked. */
    record MaxDurationReached(Instant at) implements CallEvent {}

    /** The gateway goes down. */
    record ShutDown(Instant at) implements CallEvent {}
}
