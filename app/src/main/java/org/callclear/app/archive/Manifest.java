package org.callclear.app.archive;

import java.util.List;
import org.callclear.settlement.period.Period;
import org.jspecify.annotations.Nullable;

/**
 * What is in the archive of a period.
 *
 * @param period which
 * @param engine the version of settlement that wrote what is in it
 * @param createdAt when the export began, ISO 8601
 * @param previous SHA-256 of the manifest before it, in hex; empty for the first of a directory
 * @param keyFile id of the key file that hides the numbers in it
 * @param shares what there is of each partition, by topic and partition
 * @param signature null while it is not signed
 */
record Manifest(
        Period period,
        String engine,
        String createdAt,
        String previous,
        String keyFile,
        List<Share> shares,
        @Nullable Signature signature) {
    /** The first member of the file. */
    static final String FORMAT = "callclear-archive/1";

    /** Its name in the period's directory. */
    static final String FILE = "manifest.json";

    Manifest {
        shares = List.copyOf(shares);
    }

    /**
     * What an archive has of a partition.
     *
     * @param from where the archive before it ended; 0 in the first
     * @param begin the first offset that the topic still had; what is before it is lost to the archive
     * @param to the offset after the last
     */
    record Share(
            String topic,
            int partition,
            ArchivedTopics.Kind kind,
            long from,
            long begin,
            long to,
            List<Content> files) {
        Share {
            files = List.copyOf(files);
        }

        /** How many records it has. */
        long records() {
            return files.stream().mapToLong(Content::records).sum();
        }

        /** What people call it. */
        String place() {
            return topic + " partition " + partition;
        }
    }

    /**
     * A file.
     *
     * @param name in the period's directory
     * @param type of its values; empty where no schema reads them
     * @param schemaId that Kafka's records bear; -1 where no schema reads them
     * @param fingerprint of the values' schema; empty where there is none
     * @param first offset of its first record
     * @param last offset of its last record
     */
    record Content(
            String name,
            String type,
            int schemaId,
            String fingerprint,
            long records,
            long first,
            long last,
            FileSum sum) {}

    /**
     * The clearinghouse's.
     *
     * @param key that signed
     * @param value 64 bytes in hex, over the canonical JSON of the manifest with an empty text in its place
     */
    record Signature(String key, String value) {}

    Manifest signed(Signature with) {
        return new Manifest(period, engine, createdAt, previous, keyFile, shares, with);
    }

    /** The share of a partition; null when there is none. */
    @Nullable
    Share share(String topic, int partition) {
        for (Share share : shares) {
            if (share.topic().equals(topic) && share.partition() == partition) {
                return share;
            }
        }
        return null;
    }
}
