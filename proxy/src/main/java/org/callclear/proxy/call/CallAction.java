package org.callclear.proxy.call;

import java.time.Duration;
import java.time.Instant;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Sdp;
import org.jspecify.annotations.Nullable;

/** What a call wants done. */
public sealed interface CallAction {
    /** Ask the clearinghouse; pointless after the instant. The same call is always asked with the same record. */
    record Ask(Invitation call, Instant until) implements CallAction {}

    /** Ask a gateway, with its own token, to connect the call. */
    record SendSetup(Invitation call, Route route, Attempt attempt, Instant deadline) implements CallAction {}

    /** Tell a gateway to give up an attempt. */
    record SendCancel(GatewayLeg leg, Cause cause) implements CallAction {}

    /** Tell a gateway that the call is over. */
    record SendRelease(GatewayLeg leg, Cause cause, ReleaseSource source) implements CallAction {}

    /** Tell the caller that it rings. */
    record Progress(int status, Sdp sdp) implements CallAction {}

    /** Connect the caller. */
    record Answer(Attempt attempt, Sdp sdp) implements CallAction {}

    /** Tell the caller that it does not come about. */
    record Refuse(int status, Cause cause, @Nullable Duration retryAfter) implements CallAction {}

    /** Hang up on a connected caller. */
    record HangUp(Cause cause) implements CallAction {}

    /** Report an attempt that is over. */
    record Report(AttemptReport report) implements CallAction {}

    /** Start a time-out. */
    record Arm(Timer timer, Duration after) implements CallAction {}

    /** Stop a time-out. */
    record Disarm(Timer timer) implements CallAction {}
}
