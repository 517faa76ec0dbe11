package org.callclear.app.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.settlement.period.Period;

/**
 * The records of a topic out of all archives of a directory, without its numbers. A file is read only if its digest is that
 * of the manifest.
 */
public final class ArchivedRecords {
    private ArchivedRecords() {}

    /**
     * Reads, by period and partition. What no schema reads is passed over.
     *
     * @param topics names of the topics that are wanted
     * @throws ArchiveException when an archive cannot be read, or a file is not what it was; the message names it
     */
    public static void read(Path directory, Predicate<String> topics, Consumer<SpecificRecord> taker) {
        ArchiveDirectory root = new ArchiveDirectory(directory);
        for (Period period : root.periods()) {
            ArchiveDirectory.Archive archive = root.archive(period);
            for (Manifest.Share share : archive.manifest().shares()) {
                if (topics.test(share.topic())) {
                    read(archive, share, taker);
                }
            }
        }
    }

    private static void read(ArchiveDirectory.Archive archive, Manifest.Share share, Consumer<SpecificRecord> taker) {
        try {
            for (Manifest.Content file : share.files()) {
                archive.requireWhole(file);
            }
        } catch (IOException e) {
            throw new ArchiveException(String.valueOf(e.getMessage()), e);
        }
        try (ShareReader reader = new ShareReader(archive.path(), share, KeptReader.Form.OURS)) {
            for (Kept record = reader.next(); record != null; record = reader.next()) {
                if (record.value() instanceof SpecificRecord value) {
                    taker.accept(value);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ArchiveException(archive.path() + ": " + share.place() + ": " + e.getMessage(), e);
        }
    }
}
