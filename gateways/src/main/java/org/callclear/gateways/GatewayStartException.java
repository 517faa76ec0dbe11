package org.callclear.gateways;

/** A gateway could not start; the message is one sentence for the person who started it. */
public final class GatewayStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GatewayStartException(String message, Throwable cause) {
        super(message, cause);
    }

    GatewayStartException(String message) {
        super(message);
    }
}
