package org.callclear.proxy.call;

import java.time.Duration;

/**
 * One gateway that the clearinghouse authorized, with the token that opens it and no other.
 *
 * @param leg which gateway
 * @param token compact JWS; never logged
 * @param maxDuration the gateway ends the call after so much talk
 */
public record Route(GatewayLeg leg, String token, Duration maxDuration) {
    /** @throws IllegalArgumentException when the token is missing or the duration is not positive */
    public Route {
        if (token.isEmpty()) {
            throw new IllegalArgumentException("token of leg " + leg.leg() + ": must not be empty");
        }
        if (maxDuration.isNegative() || maxDuration.isZero()) {
            throw new IllegalArgumentException(
                    "maxDuration of leg " + leg.leg() + " " + maxDuration + ": must be positive");
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "route[" + leg + "]";
    }
}
