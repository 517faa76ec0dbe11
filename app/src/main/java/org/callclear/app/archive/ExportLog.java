package org.callclear.app.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.callclear.tokens.secrets.OwnerOnly;
import org.jspecify.annotations.Nullable;

/**
 * How far an export has come: its plan, then each share that is whole, a line of JSON each. It stands beside the period's
 * directory, for as long as the export is not complete. What a crash cut off is not there.
 */
final class ExportLog implements AutoCloseable {
    private static final byte NEW_LINE = '\n';

    private final FileChannel channel;
    private final @Nullable Manifest plan;
    private final List<Manifest.Share> finished = new ArrayList<>();

    private ExportLog(FileChannel channel) throws IOException {
        this.channel = channel;
        List<byte[]> lines = wholeLines();
        Manifest first = null;
        for (byte[] line : lines) {
            if (first == null) {
                first = ManifestJson.read(line);
            } else {
                finished.add(ManifestJson.share(ManifestJson.parsed(line)));
            }
        }
        this.plan = first;
    }

    /** Its place. */
    static Path at(Path directory, String period) {
        return directory.resolve("." + period + ".export");
    }

    /**
     * Takes it, until closed.
     *
     * @throws ArchiveException when another process has it, or it cannot be read
     */
    static ExportLog take(Path file) throws IOException {
        OwnerOnly.createDurably(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = tried(channel);
            if (lock != null) {
                return new ExportLog(channel);
            }
        } catch (IllegalArgumentException e) {
            channel.close();
            throw new ArchiveException(
                    file + ": damaged: " + e.getMessage() + "; delete it, and the export begins anew", e);
        }
        channel.close();
        throw new ArchiveException(file + ": another export of this period is being written");
    }

    private static @Nullable FileLock tried(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private List<byte[]> wholeLines() throws IOException {
        ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (content.hasRemaining() && channel.read(content, content.position()) >= 0) {}
        List<byte[]> lines = new ArrayList<>();
        int begin = 0;
        for (int at = 0; at < content.position(); at++) {
            if (content.get(at) == NEW_LINE) {
                byte[] line = new byte[at - begin];
                content.get(begin, line);
                lines.add(line);
                begin = at + 1;
            }
        }
        channel.truncate(begin);
        channel.position(begin);
        return lines;
    }

    /** What was to be exported; empty when an export only begins. */
    Optional<Manifest> plan() {
        return Optional.ofNullable(plan);
    }

    /** The shares that were whole. */
    List<Manifest.Share> finished() {
        return List.copyOf(finished);
    }

    /** Notes what is to be exported: shares without files. */
    void begin(Manifest planned) throws IOException {
        append(ManifestJson.bytes(planned));
    }

    /** Notes that a share is whole; its files are durable. */
    void add(Manifest.Share share) throws IOException {
        append(org.callclear.settlement.statement.CanonicalJson.bytes(ManifestJson.members(share)));
    }

    private void append(byte[] line) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(line.length + 1).put(line).put(NEW_LINE).flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    /** The export is complete. */
    void end(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
