package org.callclear.clearinghouse.answering;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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

    /** The grants that these partitions have from an instant on to their ends as of now, each partition's in its order. */
    List<Grant> grants(Set<Integer> partitions, Instant since) {
        Set<TopicPartition> places = partitions.stream()
                .map(number -> new TopicPartition(Topic.SETTLEMENT_JOURNAL.topic(), number))
                .collect(Collectors.toSet());
        List<Grant> grants = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            consumer.assign(places);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(places));
            seek(consumer, places, since, ends);
            ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            while (!ends.isEmpty() && !closed) {
                consumer.poll(POLL).forEach(record -> take(record, grants));
                ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            }
        }
        return grants;
    }

    private static void seek(
            Consumer<byte[], byte[]> consumer,
            Set<TopicPartition> places,
            Instant since,
            Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> times = new HashMap<>();
        places.forEach(place -> times.put(place, since.toEpochMilli()));
        consumer.offsetsForTimes(times)
                .forEach((place, first) ->
                        consumer.seek(place, first == null ? ends.getOrDefault(place, 0L) : first.offset()));
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
