package org.callclear.app.command;

import java.io.File;
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
     * @param output a file, or a folder, in which the file has its usual name; what ends in a slash is a folder
     * @param replace whether a file that is there may be replaced
     * @throws CommandException when one is there and may not, or its folder is not there
     */
    static Path at(String output, String usualName, boolean replace) {
        Path named = Path.of(output);
        boolean isFolder = Files.isDirectory(named);
        Path file = isFolder ? named.resolve(usualName) : named;
        Path folder = file.toAbsolutePath().getParent();
        // A path no longer has the slash it was written with.
        boolean meansFolder = output.endsWith("/") || output.endsWith(File.separator);
        if ((meansFolder && !isFolder) || folder == null || !Files.isDirectory(folder)) {
            throw new CommandException("--output '" + output + "': there is no such folder");
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
