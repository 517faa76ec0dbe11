package org.callclear.app.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file cannot be taken in or written, and nothing was. The message is for people: a line for each thing wrong. */
public final class ExchangeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExchangeException(String line) {
        super(line);
    }

    ExchangeException(List<String> lines) {
        super(String.join("\n", lines));
    }

    ExchangeException(String line, @Nullable Throwable cause) {
        super(line, cause);
    }

    /** What is wrong, a line for each thing. */
    public List<String> lines() {
        return String.valueOf(getMessage()).lines().toList();
    }
}
