package org.callclear.tokens.secrets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** Keeps secrets in files of the owner alone: 0600, in directories 0700. */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final String HALF_WRITTEN = ".half-written";

    private OwnerOnly() {}

    /**
     * The content of a secret file.
     *
     * @throws LooseRightsException when somebody else may read or write it
     * @throws IOException when it is not there or cannot be read
     */
    public static byte[] read(Path file) throws IOException {
        requireTight(file);
        return Files.readAllBytes(file);
    }

    /**
     * Refuses a file or directory that group or others have any right to.
     *
     * @throws LooseRightsException naming the file and its rights
     */
    public static void requireTight(Path path) throws IOException {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
        if (!OWNER.containsAll(rights)) {
            throw new LooseRightsException(path, PosixFilePermissions.toString(rights));
        }
    }

    /**
     * Writes a secret file in the place of whatever was there: after a crash the old or the new one stands, whole.
     * What a crash left half-written is overwritten by the next write.
     */
    public static void replace(Path file, byte[] content) throws IOException {
        Path half = file.resolveSibling(file.getFileName() + HALF_WRITTEN);
        Files.deleteIfExists(half);
        Files.createFile(half, FILE);
        try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory(file.toAbsolutePath().resolveSibling(""));
    }

    /** Makes a rename or a new name in a directory durable; one that we may not list cannot be forced. */
    public static void forceDirectory(Path directory) throws IOException {
        if (!Files.isReadable(directory)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** An empty file of the owner alone, when there is none yet; else the one there, if it is tight. */
    public static void createIfMissing(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            requireTight(file);
        } else {
            Files.createFile(file, FILE);
        }
    }

    /**
     * The same, and its name is on the disk when this returns. Not for threads that may be interrupted: forcing a directory
     * fails then.
     */
    public static void createDurably(Path file) throws IOException {
        createIfMissing(file);
        forceDirectory(file.toAbsolutePath().resolveSibling(""));
    }

    /** A directory of the owner alone, and those above it, when there is none yet; else the one there, if it is tight. */
    public static void createDirectory(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            requireTight(absolute);
            return;
        }
        Path above = absolute.getParent();
        if (above != null) {
            Files.createDirectories(above);
        }
        Files.createDirectory(absolute, DIRECTORY);
        if (above != null) {
            forceDirectory(above);
        }
    }

    /** Deletes what a crash left half-written in a directory. */
    public static void sweep(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(HALF_WRITTEN)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
