package org.callclear.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.callclear.tokens.secrets.OwnerOnly;

/** A file with a secret, kept when another takes its place. */
final class KeptFile {
    private static final String OLD = ".old";

    private KeptFile() {}

    /**
     * Copies it beside itself, for its owner alone: to {@code FILE.old}, or where that is there already, {@code
     * FILE.old.2} and so on, so that none that was kept before is lost.
     *
     * @return where to
     */
    static Path aside(Path file) throws IOException {
        Path kept = file.resolveSibling(file.getFileName() + OLD);
        for (int i = 2; Files.exists(kept); i++) {
            kept = file.resolveSibling(file.getFileName() + OLD + "." + i);
        }
        OwnerOnly.replace(kept, Files.readAllBytes(file));
        return kept;
    }
}
