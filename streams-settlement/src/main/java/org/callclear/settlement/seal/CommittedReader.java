package org.callclear.settlement.seal;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is committed on some partitions up to the end that they have at the start. Transactions that are open there
 * are waited for: what they write may stand before that end.
 */
final class CommittedReader {
    private static final Logger LOG = LoggerFactory.getLogger(CommittedReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long SAY_AFTER_NANOS = 30_000_000_000L;

    private final SealerClients clients;
    private final RecordDeserializer deserializer;

    CommittedReader(SealerClients clients, RecordDeserializer deserializer) {
        this.clients = clients;
        this.deserializer = deserializer;
    }

    /** Takes the records, in order per partition. */
    interface Taker {
        void take(TopicPartition partition, long offset, SpecificRecord value);
    }

    /**
     * Reads.
     *
     * @param from where in each partition; before what is still there it is the first that is
     * @param meanwhile done every moment; what it throws ends the reading
     * @return where the partitions ended
     * @throws SealException when a record cannot be read; names its place
     */
    Map<TopicPartition, Long> read(Map<TopicPartition, Long> from, Taker taker, Runnable meanwhile) {
        Map<TopicPartition, Long> ends = ends(from.keySet());
        try (Consumer<byte[], byte[]> consumer = clients.reader("read_committed")) {
            consumer.assign(from.keySet());
            from.forEach(consumer::seek);
            Set<TopicPartition> left = new HashSet<>(from.keySet());
            long sayAt = System.nanoTime() + SAY_AFTER_NANOS;
            while (true) {
                left.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
                if (left.isEmpty()) {
                    return ends;
                }
                meanwhile.run();
                Set<TopicPartition> came = new HashSet<>();
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    came.add(partition);
                    if (record.offset() < ends.getOrDefault(partition, 0L)) {
                        taker.take(partition, record.offset(), value(record));
                    }
                }
                if (!came.isEmpty()) {
                    sayAt = System.nanoTime() + SAY_AFTER_NANOS;
                } else if (System.nanoTime() - sayAt > 0) {
                    sayAt = System.nanoTime() + SAY_AFTER_NANOS;
                    LOG.warn("statements wait for what is open in a transaction on {}", left);
                }
            }
        }
    }

    private Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        try (Consumer<byte[], byte[]> consumer = clients.reader("read_uncommitted")) {
            return new HashMap<>(consumer.endOffsets(partitions));
        }
    }

    private SpecificRecord value(ConsumerRecord<byte[], byte[]> record) {
        return switch (deserializer.read(record.value())) {
            case Reading.Read read -> read.value();
            case Reading.Unreadable unreadable ->
                throw new SealException(record.topic() + "-" + record.partition() + " offset " + record.offset() + ": "
                        + unreadable.why());
        };
    }
}
