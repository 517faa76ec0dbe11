package org.callclear.app.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.avro.file.DataFileReader;
import org.callclear.schemas.wire.AvroTrust;
import org.jspecify.annotations.Nullable;

/** Reads what an archive has of one partition, from all its files, in the order of the offsets. */
final class ShareReader implements AutoCloseable {
    private final Manifest.Share share;
    private final PriorityQueue<Open> open =
            new PriorityQueue<>(Comparator.comparingLong(file -> file.next().offset()));
    private final List<Open> all = new ArrayList<>();
    private @Nullable Open last;

    /**
     * Opens them.
     *
     * @param directory of the period
     * @throws IOException when a file is not what the manifest says it is; the message names it
     */
    ShareReader(Path directory, Manifest.Share share, KeptReader.Form form) throws IOException {
        AvroTrust.establish();
        this.share = share;
        try {
            for (Manifest.Content file : share.files()) {
                Open opened = new Open(directory.resolve(file.name()), file, form);
                all.add(opened);
                if (opened.advance()) {
                    open.add(opened);
                }
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * The next record; null after the last.
     *
     * @throws IOException when it cannot be read; the message names file and place
     */
    @Nullable
    Kept next() throws IOException {
        Open before = last;
        if (before != null && before.advance()) {
            open.add(before);
        }
        last = open.poll();
        return last == null ? null : last.next();
    }

    /** The file that the last record came from. */
    Path file() {
        if (last == null) {
            throw new IllegalStateException(share.place() + ": nothing was read");
        }
        return last.path;
    }

    /** A file, and the record that is next in it. */
    private static final class Open {
        private final Path path;
        private final Manifest.Content content;
        private final DataFileReader<Kept> reader;
        private @Nullable Kept next;
        private long read;

        Open(Path path, Manifest.Content content, KeptReader.Form form) throws IOException {
            this.path = path;
            this.content = content;
            KeptReader records = new KeptReader(content.schemaId(), form);
            try {
                AvroBlocks.require(path);
                this.reader = new DataFileReader<>(path.toFile(), records);
            } catch (IOException | RuntimeException e) {
                throw new IOException(path + ": is no file of an archive: " + e.getMessage(), e);
            }
            String fingerprint = records.value() == null ? "" : Envelope.fingerprint(records.value());
            if (!fingerprint.equals(content.fingerprint())) {
                reader.close();
                throw new IOException(path + ": its schema is not the one that the manifest names");
            }
        }

        Kept next() {
            if (next == null) {
                throw new IllegalStateException(path + ": nothing was read");
            }
            return next;
        }

        boolean advance() throws IOException {
            Kept before = next;
            try {
                next = reader.hasNext() ? reader.next() : null;
            } catch (RuntimeException e) {
                throw new IOException(
                        path + ": record " + (read + 1) + " of " + content.records()
                                + (before == null ? "" : ", after offset " + before.offset())
                                + ", in the block at byte "
                                + reader.previousSync() + ": cannot be read: " + e.getMessage(),
                        e);
            }
            if (next == null && read != content.records()) {
                throw new IOException(path + ": has " + read + " records; the manifest says " + content.records());
            }
            if (next != null) {
                read++;
                if (read == 1 && next.offset() != content.first()) {
                    throw new IOException(
                            path + ": begins at offset " + next.offset() + "; the manifest says " + content.first());
                }
                if (before != null && next.offset() <= before.offset()) {
                    throw new IOException(path + ": offset " + next.offset() + " stands after " + before.offset());
                }
            } else if (before != null && before.offset() != content.last()) {
                throw new IOException(
                        path + ": ends at offset " + before.offset() + "; the manifest says " + content.last());
            }
            return next != null;
        }
    }

    @Override
    public void close() throws IOException {
        for (Open file : all) {
            file.reader.close();
        }
    }
}
