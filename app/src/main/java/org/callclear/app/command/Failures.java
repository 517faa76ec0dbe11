package org.callclear.app.command;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.callclear.app.logview.PlainText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into lines for people, and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        LOG.debug("failed", thrown);
        String message = thrown instanceof CommandException ? thrown.getMessage() : oneLine(thrown);
        String name = command.getCommandSpec().root().name();
        String.valueOf(message).lines().forEach(line -> command.getErr().println(name + ": " + PlainText.line(line)));
        command.getErr().flush();
        return thrown instanceof CommandException known ? known.code() : ExitCode.FAILED;
    }

    @Override
    public int handleParseException(ParameterException thrown, String[] args) {
        CommandLine command = thrown.getCommandLine();
        command.getErr()
                .println(command.getCommandSpec().root().name() + ": " + PlainText.line(oneLine(thrown)) + " (see "
                        + command.getCommandSpec().qualifiedName() + " --help)");
        command.getErr().flush();
        return ExitCode.MISUSED;
    }

    private static String oneLine(Throwable thrown) {
        String message = thrown.getMessage();
        return (message == null || message.isBlank() ? thrown.toString() : message).replaceAll("\\s*\\R\\s*", " ");
    }

    /** Why a file cannot be read or written, for a message that names it already. */
    static String why(IOException thrown) {
        if (thrown instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (thrown instanceof MalformedInputException) {
            return "it is no UTF-8 text";
        }
        return thrown instanceof AccessDeniedException ? "access is denied" : rootOf(thrown);
    }

    /** The innermost cause in words, on one line. */
    static String rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return oneLine(root);
    }
}
