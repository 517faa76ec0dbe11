package org.callclear.app.settling;

import org.jspecify.annotations.Nullable;

/** Settlement cannot be asked, or said no. The message is one line for people. */
public final class SettlingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SettlingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
