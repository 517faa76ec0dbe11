package org.callclear.gateways.gate;

import java.time.Instant;
import java.util.Optional;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.call.TransactionId;
import org.callclear.sip.call.Sdp;

/**
 * A set-up request whose fields have the right form. Nothing in it is proved yet.
 *
 * @param token the compact JWS, unread; never to be logged
 */
record Setup(
        CallId callId,
        int leg,
        TransactionId transactionId,
        CarrierId originatingCarrier,
        String proxy,
        String token,
        E164Number calling,
        E164Number called,
        Sdp offer,
        Instant deadline) {
    /** A description that fills more than a UDP datagram can have come from no caller. */
    static final int LONGEST_SDP = 65_535;

    /**
     * Reads a request.
     *
     * @param key the record's key, which must be the call id: else another instance of the gateway might be reading the
     *     rest of the call
     * @return empty when a field has no usable form
     */
    static Optional<Setup> of(String key, SetupRequested request) {
        boolean fits = request.getCallId().equals(key)
                && request.getLeg() >= 1
                && PartyName.isValid(request.getProxy())
                && request.getSdp().remaining() <= LONGEST_SDP;
        if (!fits) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Setup(
                    CallId.parse(request.getCallId()),
                    request.getLeg(),
                    new TransactionId(request.getTransactionId()),
                    new CarrierId(request.getOriginatingCarrier()),
                    request.getProxy(),
                    request.getToken(),
                    new E164Number(request.getCalling()),
                    new E164Number(request.getCalled()),
                    Sdp.of(request.getSdp()),
                    request.getDeadline()));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the refusal says so; the values may be anything and go into no log
        }
    }

    @Override
    public String toString() {
        return "setup of " + callId + " leg " + leg + " " + transactionId;
    }
}
