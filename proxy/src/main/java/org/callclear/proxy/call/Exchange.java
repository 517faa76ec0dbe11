package org.callclear.proxy.call;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.call.CallId;
import org.callclear.sip.call.Cause;

/**
 * What a call says to the clearinghouse and the gateways. No method blocks. What is said to one gateway of one call
 * arrives in the order in which it was said.
 */
public interface Exchange {
    /** Asks the clearinghouse; a request that could not be sent by the instant is dropped. */
    void ask(Invitation call, Instant until);

    /**
     * Asks a gateway to connect the call.
     *
     * @param deadline after it the request is pointless
     * @return done when the request is safe; failed when it may not have got through
     */
    CompletionStage<Void> setUp(Invitation call, Route route, Instant at, Instant deadline);

    /** Tells a gateway to give up an attempt. */
    void cancel(CallId call, GatewayLeg leg, Cause cause, Instant at);

    /** Tells a gateway that a call is over. */
    void release(CallId call, GatewayLeg leg, Cause cause, ReleaseSource source, Instant at);

    /** Sends a report. @return done when it is safe; failed when it may not be, then it must be sent again */
    CompletionStage<Void> report(AttemptReport report);
}
