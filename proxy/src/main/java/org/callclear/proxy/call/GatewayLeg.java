package org.callclear.proxy.call;

import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;

/**
 * One attempt's place in the authorization and the gateway it goes to: all that is needed to cancel, release and report
 * it.
 *
 * @param leg position of the route in the authorization, from 1
 * @param gateway the gateway
 * @param carrier the terminating carrier
 * @param transactionId the secret name of the attempt: only an event that names it is believed
 */
public record GatewayLeg(int leg, GatewayId gateway, CarrierId carrier, TransactionId transactionId) {
    /** @throws IllegalArgumentException when the leg is less than 1 */
    public GatewayLeg {
        if (leg < 1) {
            throw new IllegalArgumentException("leg " + leg + ": must be 1 or more");
        }
    }
}
