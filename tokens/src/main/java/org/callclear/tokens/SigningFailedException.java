package org.callclear.tokens;

/** What holds a private key did not sign: hardware that is away, or that does not do what it should. */
public final class SigningFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SigningFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
