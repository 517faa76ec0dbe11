package org.callclear.settlement.seal;

/** Statements cannot be sealed, and going on would leave one out. One line for people that names the place. */
public final class SealException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SealException(String message) {
        super(message);
    }

    SealException(String message, Throwable cause) {
        super(message, cause);
    }
}
