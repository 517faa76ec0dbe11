package org.callclear.app.stack;

import org.jspecify.annotations.Nullable;

/** The stack cannot start, or stopped by itself. The message is one line for people: what, where and why. */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one line that names the file or address */
    public StackException(String message) {
        super(message);
    }

    /** @param message one line that names the file or address */
    public StackException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The innermost cause in words, on one line. */
    static String rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String words = root.getMessage() == null
                ? root.getClass().getSimpleName()
                : root.getClass().getSimpleName() + ": " + root.getMessage();
        return words.replaceAll("\\s*\\R\\s*", " ");
    }
}
