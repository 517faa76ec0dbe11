package org.callclear.app.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** The file that a public key is exported to. Others verify with what stands in it, so it does not become another key by mistake. */
final class PublicKeyFile {
    private PublicKeyFile() {}

    /**
     * Writes it. One that has this content already stays as it is.
     *
     * @param replace whether one with other content may be replaced
     * @throws CommandException when one is there and may not, or it cannot be written
     */
    static void write(Path file, String pem, boolean replace) {
        byte[] content = pem.getBytes(StandardCharsets.UTF_8);
        try {
            if (replace) {
                Files.write(file, content);
            } else {
                writeNew(file, content);
            }
        } catch (IOException e) {
            throw new CommandException("--out " + file + ": cannot be written: " + Failures.rootOf(e));
        }
    }

    private static void writeNew(Path file, byte[] content) throws IOException {
        try {
            Files.write(file, content, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
                throw new CommandException(
                        "--out " + file + ": is there already, with something else in it; --force replaces it");
            }
        }
    }
}
