package org.callclear.sip.call;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call that came in; 100 Trying has been sent and the caller's digest has been checked where one is asked for. Its
 * methods may be called from any thread, and do nothing once they no longer make sense.
 */
public interface IncomingCall {
    /** The Call-ID of the INVITE. */
    String sipCallId();

    /** Whom the digest proved the caller to be; null when none is asked for. */
    @Nullable
    String user();

    /** User part of From, as received. */
    String calling();

    /** User part of the Request-URI, as received, without parameters. */
    String called();

    /** The offer; empty when the INVITE had none. */
    Sdp sdp();

    /** Where the INVITE came from. */
    InetSocketAddress source();

    /** Sets who is told what the caller does. Must be called before {@link IncomingCalls#invited} returns. */
    void listen(Listener listener);

    /** Sends a provisional response, 180 to 199. */
    void progress(int status, Sdp sdp);

    /** Sends 200 and sends it again until the ACK comes (RFC 3261, 13.3.1.4). */
    void answer(Sdp sdp);

    /**
     * Sends a final response of 300 to 699 with a Reason header (RFC 3326).
     *
     * @param retryAfter for a Retry-After header; null for none
     */
    void refuse(int status, Cause cause, @Nullable Duration retryAfter);

    /** Ends an answered call with BYE; before the answer the same as refusing it with the cause's own status. */
    void hangUp(Cause cause);

    /** Hears of one call, one thing at a time and in order. Must not block. */
    interface Listener {
        /** The caller cancelled before the answer; 487 has been sent. The last thing heard. */
        void cancelled();

        /** The ACK of the 200 came: the call is up. */
        void confirmed();

        /** The caller hung up, or never acknowledged the answer (then BYE has been sent). The last thing heard. */
        void ended(Cause cause);
    }
}
