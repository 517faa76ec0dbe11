package org.callclear.app.exchange;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that is there whole or not at all: written beside its place under another name, and moved there at the end. For
 * its owner only. Closing it before that leaves nothing.
 */
final class WholeFile implements AutoCloseable {
    private final Path place;
    private final Path half;
    private final FileChannel channel;
    private final OutputStream out;
    private boolean published;

    private WholeFile(Path place, Path half, FileChannel channel) {
        this.place = place;
        this.half = half;
        this.channel = channel;
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    }

    static WholeFile begin(Path place) throws IOException {
        Path folder = place.toAbsolutePath().resolveSibling("");
        String prefix = "." + place.getFileName() + ".";
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        Path half = posix
                ? Files.createTempFile(
                        folder,
                        prefix,
                        ".half-written",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(folder, prefix, ".half-written");
        return new WholeFile(place, half, FileChannel.open(half, StandardOpenOption.WRITE));
    }

    OutputStream out() {
        return out;
    }

    /** All is written; brings it to the disk. */
    void finish() throws IOException {
        out.flush();
        channel.force(true);
    }

    /** Moves it to its place, where it replaces what stood there. */
    void publish() throws IOException {
        Files.move(half, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        published = true;
        try (FileChannel folder =
                FileChannel.open(place.toAbsolutePath().resolveSibling(""), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            if (!published) {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            throw new ExchangeException(half + ": cannot be closed: " + e.getMessage(), e);
        }
    }
}
