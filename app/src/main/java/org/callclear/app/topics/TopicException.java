package org.callclear.app.topics;

/** A cluster or a registry cannot be brought in line with the catalogue. The message is one line for people. */
public final class TopicException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TopicException(String message) {
        super(message);
    }

    TopicException(String message, Throwable cause) {
        super(message, cause);
    }
}
