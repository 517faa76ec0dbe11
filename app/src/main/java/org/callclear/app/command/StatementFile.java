package org.callclear.app.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Puts an exported statement where it was asked for. A file is there whole or not at all. */
final class StatementFile {
    private final ByteOutput standardOutput;

    StatementFile(ByteOutput standardOutput) {
        this.standardOutput = standardOutput;
    }

    /** Refuses a form that would garble the terminal. */
    void mayPrint(StatementForm form) throws IOException {
        if (form.isBinary() && standardOutput.isTerminal()) {
            throw new CommandException(
                    "statement export: " + form + " is not for a terminal; give --output FILE or redirect the output");
        }
    }

    void print(byte[] content) throws IOException {
        standardOutput.write(content);
    }

    /**
     * The file an output means.
     *
     * @param output a file, or a directory, in which the file has its usual name
     * @param replace whether a file that is there may be replaced
     * @throws CommandException when one is there and may not, or its directory is not there
     */
    static Path at(Path output, String usualName, boolean replace) {
        Path file = Files.isDirectory(output) ? output.resolve(usualName) : output;
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new CommandException("--output '" + output + "': there is no such directory");
        }
        if (Files.exists(file) && !replace) {
            throw new CommandException("--output '" + file + "': is there already; --force replaces it");
        }
        return file;
    }

    /** Writes a file, by way of one beside it. */
    static void write(byte[] content, Path file, boolean replace) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.write(part, content, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new CommandException("'" + part + "': another export writes it, or was killed; remove it then");
        }
        try {
            if (replace) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(part, file);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
