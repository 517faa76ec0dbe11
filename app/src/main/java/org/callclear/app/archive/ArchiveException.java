package org.callclear.app.archive;

import org.jspecify.annotations.Nullable;

/** An archive cannot be written, or cannot be read. The message is for people and names the place. */
public final class ArchiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ArchiveException(String message) {
        this(message, null);
    }

    public ArchiveException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
