package org.callclear.proxy.call;

import java.time.Duration;
import java.util.List;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.call.TransactionId;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Sdp;
import org.jspecify.annotations.Nullable;

/** What can happen to a call. */
public sealed interface CallEvent {
    /** What a gateway said of an attempt; believed only when it names the current one. */
    sealed interface OfGateway extends CallEvent {
        /** The attempt it speaks of. */
        TransactionId transactionId();
    }

    /** The INVITE was taken in. */
    record Invited() implements CallEvent {}

    /** The clearinghouse said yes: the gateways to try, in this order; at least one. */
    record Granted(List<Route> routes) implements CallEvent {
        /** Copies the routes. */
        public Granted {
            routes = List.copyOf(routes);
        }
    }

    /**
     * The clearinghouse said no.
     *
     * @param retryAfter when it may be worth trying again (RFC 3261, 20.33); null where nothing was said of it
     */
    record Denied(Failure failure, @Nullable Duration retryAfter) implements CallEvent {
        /** No, and nothing was said of later. */
        public Denied(Failure failure) {
            this(failure, null);
        }
    }

    /** A time-out passed. */
    record Fired(Timer timer) implements CallEvent {}

    /** The called side rings (180) or progresses (183). */
    record Progressed(TransactionId transactionId, int status, Sdp sdp) implements OfGateway {}

    /** The called side answered. */
    record Answered(TransactionId transactionId, Sdp sdp) implements OfGateway {}

    /** The gateway did not let the set-up in. */
    record Rejected(TransactionId transactionId, SetupRefusal refusal) implements OfGateway {}

    /** The called side did not complete the call. */
    record Failed(TransactionId transactionId, Failure failure) implements OfGateway {}

    /** The gateway ended the call. */
    record Released(TransactionId transactionId, Cause cause, ReleaseSource source) implements OfGateway {}

    /** The set-up could not be sent; it may or may not have got through. */
    record Unsent(TransactionId transactionId) implements OfGateway {}

    /** The caller gave up before the answer and has heard 487. */
    record CallerCancelled() implements CallEvent {}

    /** The caller acknowledged the answer. */
    record Confirmed() implements CallEvent {}

    /** The caller hung up, or never acknowledged the answer. */
    record CallerHungUp(Cause cause) implements CallEvent {}

    /** This proxy goes down. */
    record Shutdown() implements CallEvent {}
}
