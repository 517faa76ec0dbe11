package org.callclear.app.command;

import java.util.List;

/** A command cannot do what it was asked to. The message is for people: a line for each thing that is wrong. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandException(String line) {
        super(line);
    }

    CommandException(List<String> lines) {
        super(String.join("\n", lines));
    }
}
