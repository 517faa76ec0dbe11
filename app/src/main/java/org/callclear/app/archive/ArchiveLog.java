package org.callclear.app.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.app.archive.ArchiveDirectory.Archive;
import org.callclear.app.archive.ArchivedTopics.Kind;
import org.callclear.app.archive.Manifest.Share;
import org.callclear.settlement.period.Period;
import org.callclear.settlement.proof.Hashes;
import org.callclear.settlement.replay.JournalLog;
import org.jspecify.annotations.Nullable;

/**
 * The settlement journal out of a directory of archives. Without keys a number in it is its ciphertext: equal where the
 * numbers are equal, which is all that settlement asks. A file is read only if its digest is that of the manifest.
 */
public final class ArchiveLog implements JournalLog {
    private final List<Archive> archives;
    private final @Nullable NumberKeys keys;
    private final int partitions;
    private final Set<Path> checked = new HashSet<>();

    private ArchiveLog(List<Archive> archives, @Nullable NumberKeys keys, int partitions) {
        this.archives = List.copyOf(archives);
        this.keys = keys;
        this.partitions = partitions;
    }

    /**
     * Opens a directory of archives.
     *
     * @param keys to put the numbers back; null to read without them
     * @throws ArchiveException when there is none, one is not complete, or they do not follow one another
     */
    public static ArchiveLog open(Path directory, @Nullable NumberKeys keys) {
        ArchiveDirectory root = new ArchiveDirectory(directory);
        List<Archive> archives = new ArrayList<>();
        for (Period period : root.periods()) {
            Archive archive = root.archive(period);
            if (keys != null) {
                KeyFiles.require(archive.path().toString(), archive.manifest(), keys);
            }
            String previous =
                    archives.isEmpty() ? "" : Hashes.hex(archives.getLast().content());
            if (!archive.manifest().previous().equals(previous)) {
                throw new ArchiveException(archive.path().resolve(Manifest.FILE) + ": does not follow "
                        + (archives.isEmpty() ? "nothing" : archives.getLast().path()));
            }
            archives.add(archive);
        }
        if (archives.isEmpty()) {
            throw new ArchiveException(directory + ": there is no archive in it");
        }
        int partitions = (int) archives.getLast().manifest().shares().stream()
                .filter(share -> share.kind() == Kind.JOURNAL)
                .count();
        ArchiveLog log = new ArchiveLog(archives, keys, partitions);
        log.requireContiguous();
        return log;
    }

    private void requireContiguous() {
        for (int partition = 0; partition < partitions; partition++) {
            long end = share(archives.getFirst(), partition).from();
            for (Archive archive : archives) {
                Share share = share(archive, partition);
                if (share.from() != end || share.begin() != end) {
                    throw new ArchiveException(archive.path().resolve(Manifest.FILE) + ": " + share.place()
                            + ": begins at " + share.begin() + "; must be " + end);
                }
                end = share.to();
            }
        }
    }

    private static Share share(Archive archive, int partition) {
        return archive.manifest().shares().stream()
                .filter(share -> share.kind() == Kind.JOURNAL && share.partition() == partition)
                .findFirst()
                .orElseThrow(() -> new ArchiveException(archive.path().resolve(Manifest.FILE)
                        + ": the journal's partition " + partition + " is missing"));
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public long begin(int partition) {
        return share(archives.getFirst(), partition).begin();
    }

    @Override
    public long end(int partition) {
        return share(archives.getLast(), partition).to();
    }

    @Override
    public void read(int partition, long from, long to, Reader reader) throws IOException {
        for (Archive archive : archives) {
            Share share = share(archive, partition);
            if (share.to() > from && share.from() < to) {
                requireWhole(archive, share);
                read(archive, share, from, to, reader);
            }
        }
    }

    private void read(Archive archive, Share share, long from, long to, Reader reader) throws IOException {
        try (ShareReader records = new ShareReader(archive.path(), share, KeptReader.Form.OURS)) {
            for (Kept record = records.next(); record != null && record.offset() < to; record = records.next()) {
                if (record.offset() < from) {
                    continue;
                }
                if (!(record.value() instanceof SpecificRecord value)) {
                    throw new IOException(
                            share.place() + ", offset " + record.offset() + ": no schema reads this record");
                }
                if (keys != null) {
                    reveal(value, record, share);
                }
                reader.take(record.offset(), record.timestamp(), value);
            }
        }
    }

    private void reveal(SpecificRecord value, Kept record, Share share) throws IOException {
        NumberKeys with = java.util.Objects.requireNonNull(keys);
        try {
            // Partitions are read by several threads, and a cipher is for one.
            synchronized (with) {
                HiddenNumbers.reveal(value, record.timestamp(), with);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(share.place() + ", offset " + record.offset() + ": " + e.getMessage(), e);
        }
    }

    private void requireWhole(Archive archive, Share share) throws IOException {
        for (Manifest.Content file : share.files()) {
            Path path = archive.file(file);
            synchronized (checked) {
                if (checked.contains(path)) {
                    continue;
                }
            }
            archive.requireWhole(file);
            synchronized (checked) {
                checked.add(path);
            }
        }
    }
}
