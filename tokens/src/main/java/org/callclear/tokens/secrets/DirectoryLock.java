package org.callclear.tokens.secrets;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A directory that one process has to itself, until it closes this or dies. */
public final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes a directory, and makes it, for its owner only, when it is missing.
     *
     * @throws IOException when another process has it, or it cannot be used
     * @throws LooseRightsException when others may use it
     */
    public static DirectoryLock take(Path directory) throws IOException {
        OwnerOnly.createDirectory(directory);
        Path file = directory.resolve("lock");
        OwnerOnly.createIfMissing(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        IOException inUse = new IOException("in use by another gateway process; each needs a directory of its own");
        try {
            if (channel.tryLock() != null) {
                return new DirectoryLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            inUse.addSuppressed(e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw inUse;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
