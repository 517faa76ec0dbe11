package org.callclear.gateways.replay;

import org.jspecify.annotations.Nullable;

/** The topic of used tokens is not the log it was, or cannot be read: no use of a token can be confirmed any more. */
public final class ClaimsLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClaimsLostException(String why, @Nullable Throwable cause) {
        super(why + ": no token can be used any more", cause);
    }
}
