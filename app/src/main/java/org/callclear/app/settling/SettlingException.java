package org.callclear.app.settling;

import org.jspecify.annotations.Nullable;

/** Settlement cannot be asked, or said no. The message is for people: a line for each reason. */
public final class SettlingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message a line, or several for several reasons */
    public SettlingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The innermost cause in words, on one line. */
    static String rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }
}
