package org.callclear.app.archive;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.settlement.period.Period;

/** The log that an archive is made of. Nothing is written to it. */
public interface RecordSource extends AutoCloseable {
    /**
     * How far a partition reaches.
     *
     * @param begin the first offset that is still there
     * @param end after the last record that is committed
     * @param written after the last that was written, committed or not
     */
    record Reach(long begin, long end, long written) {}

    /** The topics there are. */
    SortedSet<String> topics();

    /** How far each partition of a topic reaches. */
    SortedMap<Integer, Reach> reaches(String topic);

    /** The open period of every calendar. */
    List<Period> openPeriods();

    /**
     * Reads what is committed, in order.
     *
     * @param from the first offset; the partition has it
     * @param to the offset after the last
     * @param taker false when it needs no more
     * @throws ArchiveException when it cannot be read, or lost what is asked for before it was read
     */
    void read(String topic, int partition, long from, long to, Predicate<ConsumerRecord<byte[], byte[]>> taker);

    /**
     * The schema that a record was written with; empty when nobody knows it.
     *
     * @throws ArchiveException when that cannot be found out now
     */
    Optional<Schema> schema(int id);

    @Override
    void close();
}
