package org.callclear.app.logview;

/** What was asked for cannot be shown; the message says why, on one line, with nothing in it that may not be shown. */
public final class LogViewException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With the sentence for people. */
    public LogViewException(String message) {
        super(message);
    }
}
