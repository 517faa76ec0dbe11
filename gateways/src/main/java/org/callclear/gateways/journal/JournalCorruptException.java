package org.callclear.gateways.journal;

/** The journal of open calls holds a line that it cannot have written. The message names file, line and why. */
public final class JournalCorruptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalCorruptException(String message) {
        super(message);
    }
}
