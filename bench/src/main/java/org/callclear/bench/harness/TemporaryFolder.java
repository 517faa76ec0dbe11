package org.callclear.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder of the owner alone that is gone when it is closed, and at the latest when this program ends: there may be keys in it. */
public final class TemporaryFolder implements AutoCloseable {
    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /** A new one, empty. */
    public static TemporaryFolder make() {
        try {
            Path path = Files.createTempDirectory("callclear-bench");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(path)));
            return new TemporaryFolder(path);
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder", e);
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** A folder that is there when it returns. */
    public static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be made", e);
        }
    }

    /** Removes a folder with all that is in it; what cannot be removed is said. */
    public static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("bench: " + folder + ": could not be removed whole (" + e + ")");
        }
    }

    @Override
    public void close() {
        remove(path);
    }
}
