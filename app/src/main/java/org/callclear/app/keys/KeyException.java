package org.callclear.app.keys;

/** What was wanted of a key cannot be. The message is for people. */
public final class KeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeyException(String message) {
        super(message);
    }

    KeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
