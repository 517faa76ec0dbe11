package org.callclear.app.command;

import java.util.List;

/** A command cannot do what it was asked to. The message is for people: a line for each thing that is wrong. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    CommandException(String line) {
        this(line, ExitCode.FAILED);
    }

    CommandException(List<String> lines) {
        this(String.join("\n", lines), ExitCode.FAILED);
    }

    private CommandException(String lines, int code) {
        super(lines);
        this.code = code;
    }

    /** What was typed is at fault: nothing was done or judged. */
    static CommandException misused(String line) {
        return new CommandException(line, ExitCode.MISUSED);
    }

    /** What the process is to end with. */
    int code() {
        return code;
    }
}
