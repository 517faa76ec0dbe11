package org.callclear.settlement.replay;

import java.io.IOException;
import org.apache.avro.specific.SpecificRecord;

/** The settlement journal to be read again, wherever it is kept. Partitions may be read by several threads at once. */
public interface JournalLog {
    /** What takes the records of one partition. */
    @FunctionalInterface
    interface Reader {
        /**
         * One record.
         *
         * @param offset in its partition; offsets rise, and those of transaction markers are missing
         * @param timestamp of the record in the journal, ms since 1970
         */
        void take(long offset, long timestamp, SpecificRecord record);
    }

    /** How many partitions the journal has. */
    int partitions();

    /** The offset of the first record that a partition still has; 0 unless retention has taken what was before. */
    long begin(int partition) throws IOException;

    /** The offset after the last record of a partition that is committed. */
    long end(int partition) throws IOException;

    /**
     * Reads a partition in order.
     *
     * @param from the first offset, inclusive
     * @param to the last one, exclusive; not beyond {@link #end}
     * @throws IOException when what is there cannot be read; the message names partition and offset
     */
    void read(int partition, long from, long to, Reader reader) throws IOException;
}
