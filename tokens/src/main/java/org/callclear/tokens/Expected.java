package org.callclear.tokens;

import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;

/**
 * What a token must say to open this gateway for this set-up: who the gateway is and whom it believes, and what the
 * proxy wrote beside the token.
 *
 * @param issuer the clearinghouse it believes
 * @param gateway itself
 * @param callId the set-up's call id
 * @param transactionId the set-up's transaction id
 * @param originatingCarrier the carrier whose proxies get the events
 * @param calling the number it would show
 * @param called the number it would dial
 */
public record Expected(
        String issuer,
        GatewayId gateway,
        CallId callId,
        TransactionId transactionId,
        CarrierId originatingCarrier,
        E164Number calling,
        E164Number called) {}
