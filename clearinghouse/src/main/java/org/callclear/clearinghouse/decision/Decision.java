package org.callclear.clearinghouse.decision;

import java.util.List;
import org.callclear.clearinghouse.admission.AskedCall;
import org.callclear.clearinghouse.routing.Offer;
import org.callclear.schemas.avro.Agreement;
import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.avro.RateTerms;

/** What the clearinghouse says to a question. */
public sealed interface Decision {
    /**
     * Yes.
     *
     * @param originationTerms what the originating carrier owes
     * @param agreement how the two reports of the call will be compared, from the originating contract
     * @param offers 1 to 16, in the order to try them
     */
    record Granted(AskedCall call, RateTerms originationTerms, Agreement agreement, List<Offer> offers)
            implements Decision {
        public Granted {
            offers = List.copyOf(offers);
        }
    }

    /**
     * No.
     *
     * @param sipStatus what the caller hears (RFC 3261, 21)
     * @param q850Cause for the Reason header (RFC 3326, ITU-T Q.850)
     * @param detail one sentence for the operator, without a phone number
     */
    record Denied(DenialReason reason, int sipStatus, int q850Cause, String detail) implements Decision {
        private record Codes(int sip, int q850) {}

        /** A denial with the codes of its reason. */
        public static Denied of(DenialReason reason, String detail) {
            Codes codes = codes(reason);
            return new Denied(reason, codes.sip(), codes.q850(), detail);
        }

        /**
         * Seconds after which the same call may be let in (RFC 3261, 20.33); 0 where nothing can be said. Only a rate of
         * calls is known to have room again soon. A 503 without it is for the caller a 500 (RFC 3261, 21.5.4): this one call
         * fails, and calls elsewhere go on through the same proxy.
         */
        public int retryAfterSeconds() {
            return reason == DenialReason.LIMIT_CALL_RATE ? 1 : 0;
        }

        /** Pairs as RFC 3398, 7.2.4.1 and 8.2.6.1 have them, where they have any. */
        private static Codes codes(DenialReason reason) {
            return switch (reason) {
                case MALFORMED_REQUEST -> new Codes(400, 95); // invalid message
                case CONFLICTING_REQUEST -> new Codes(400, 98); // message not compatible with call state
                case UNKNOWN_CARRIER,
                        CARRIER_SUSPENDED,
                        CARRIER_MISMATCH,
                        INVALID_CALLING_NUMBER,
                        NO_CONTRACT,
                        DESTINATION_BLOCKED -> new Codes(403, 21); // call rejected
                case INVALID_CALLED_NUMBER -> new Codes(484, 28); // invalid number format
                case NO_RATE, NO_ROUTE -> new Codes(404, 3); // no route to destination
                case NO_GATEWAY_ALIVE -> new Codes(503, 34); // no circuit available
                case LIMIT_CALL_RATE -> new Codes(503, 42); // switching equipment congestion
                case LIMIT_CONCURRENT_CALLS -> new Codes(503, 34); // no circuit available
                case LIMIT_COST -> new Codes(403, 21); // call rejected: to ask again or elsewhere does not help
                case REQUEST_EXPIRED -> new Codes(504, 102); // recovery on timer expiry
                case UNKNOWN_REASON -> new Codes(500, 41); // temporary failure
            };
        }
    }
}
