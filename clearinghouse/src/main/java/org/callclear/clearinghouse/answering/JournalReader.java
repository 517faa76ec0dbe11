package org.callclear.clearinghouse.answering;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads grants back from the journal. It reads uncommitted, to the high watermark: grants are written outside
 * transactions, and a transaction of settlement's that is open lies in front of them for a reader of what is committed
 * only. Of what transactions wrote it takes nothing.
 */
final class JournalReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final RecordDeserializer deserializer;
    private volatile boolean closed;

    /** @param consumers make consumers that read uncommitted and belong to no group */
    JournalReader(Supplier<Consumer<byte[], byte[]>> consumers, RecordDeserializer deserializer) {
        this.consumers = consumers;
        this.deserializer = deserializer;
    }

    /** The grants that a partition of the journal has from an instant on to its end as of now, in its order. */
    List<Grant> grants(int partition, Instant since) {
        TopicPartition place = new TopicPartition(Topic.SETTLEMENT_JOURNAL.topic(), partition);
        List<Grant> grants = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            consumer.assign(Set.of(place));
            long end = consumer.endOffsets(Set.of(place)).getOrDefault(place, 0L);
            consumer.seek(place, start(consumer, place, since, end));
            while (consumer.position(place) < end && !closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(place)) {
                    take(record, grants);
                }
            }
        }
        return grants;
    }

    private static long start(Consumer<byte[], byte[]> consumer, TopicPartition place, Instant since, long end) {
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(Map.of(place, since.toEpochMilli()));
        OffsetAndTimestamp first = found.get(place);
        return first == null ? end : first.offset();
    }

    private void take(ConsumerRecord<byte[], byte[]> record, List<Grant> grants) {
        switch (deserializer.read(record.value())) {
            case Reading.Read read -> {
                if (read.value() instanceof Grant grant) {
                    grants.add(grant);
                }
            }
            case Reading.Unreadable unreadable ->
                LOG.error(
                        "{}-{}@{} cannot be read; if it is a grant, a repeated request of its call will be decided anew: {}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        unreadable.why());
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
