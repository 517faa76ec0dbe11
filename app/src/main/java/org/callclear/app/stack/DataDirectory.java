package org.callclear.app.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds all the stack must keep, locked for this process. Only its owner may look inside: it holds
 * private keys.
 */
final class DataDirectory implements AutoCloseable {
    private static final String LOCK = "lock";

    private final Path root;
    private final FileChannel channel;

    private DataDirectory(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /**
     * Makes the folder if need be, closes it to all but its owner, and locks it.
     *
     * @throws StackException when it is not a folder, cannot be written or closed to others, or another process has it
     */
    static DataDirectory open(Path path) {
        Path root = path.toAbsolutePath().normalize();
        Path wrong = plainFileOnTheWay(root);
        if (wrong != null) {
            throw new StackException("data directory " + root + ": " + wrong + " is a file, not a directory");
        }
        make(root);
        if (!Files.isWritable(root) || !Files.isExecutable(root)) {
            throw new StackException("data directory " + root + ": not writable for this user");
        }
        new OwnerRights(root, LOCK).tighten();
        return lock(root);
    }

    private static @Nullable Path plainFileOnTheWay(Path root) {
        for (Path at = root; at != null; at = at.getParent()) {
            if (Files.exists(at)) {
                return Files.isDirectory(at) ? null : at;
            }
        }
        return null;
    }

    private static void make(Path root) {
        if (Files.isDirectory(root)) {
            return;
        }
        try {
            Path parent = root.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            if (root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
                Files.createDirectory(root, ownerOnly);
            } else {
                Files.createDirectory(root);
            }
        } catch (IOException e) {
            throw new StackException(
                    "data directory " + root + ": cannot be made (" + StackException.rootOf(e) + ")", e);
        }
    }

    private static DataDirectory lock(Path root) {
        Path file = root.resolve(LOCK);
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new StackException(
                    "data directory " + root + ": cannot be written (" + StackException.rootOf(e) + ")", e);
        }
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw taken(root, file);
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DataDirectory(root, channel);
        } catch (OverlappingFileLockException e) {
            close(channel);
            throw taken(root, file);
        } catch (IOException e) {
            close(channel);
            throw new StackException(file + ": cannot be locked (" + StackException.rootOf(e) + ")", e);
        } catch (StackException e) {
            close(channel);
            throw e;
        }
    }

    private static StackException taken(Path root, Path file) {
        String holder;
        try {
            holder = "process "
                    + Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            holder = "another process";
        }
        return new StackException("data directory " + root + ": in use by " + holder);
    }

    /** The folder itself. */
    Path root() {
        return root;
    }

    /** Something in it. */
    Path resolve(String name) {
        return root.resolve(name);
    }

    /** Unlocks it. */
    @Override
    public void close() {
        close(channel);
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StackException("the lock cannot be given back: " + StackException.rootOf(e), e);
        }
    }
}
