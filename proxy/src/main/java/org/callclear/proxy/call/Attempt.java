package org.callclear.proxy.call;

import java.time.Instant;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.E164Number;
import org.callclear.sip.call.Cause;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that is under way: what its report will say when it ends.
 *
 * @param call the call
 * @param gateway where it goes; null while the call is not authorized (leg 0)
 * @param calling who calls
 * @param called who is called
 * @param setupAt when it began
 * @param answeredAt when the called side answered, by this proxy's clock; null when it has not
 */
public record Attempt(
        CallId call,
        @Nullable GatewayLeg gateway,
        E164Number calling,
        E164Number called,
        Instant setupAt,
        @Nullable Instant answeredAt) {
    /** Position of the route in the authorization, from 1; 0 for a call that is not authorized. */
    public int leg() {
        return gateway == null ? 0 : gateway.leg();
    }

    /** The same attempt, answered. */
    public Attempt answered(Instant at) {
        return new Attempt(call, gateway, calling, called, setupAt, at);
    }

    /** The report of its end. */
    public AttemptReport ended(Instant at, int status, Cause cause, ReleaseSource source) {
        return new AttemptReport(this, at, status, cause, source);
    }
}
