package org.callclear.clearinghouse.answering;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.callclear.clearinghouse.grant.Remembered;
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
    private final Duration margin;
    private final int most;
    private volatile boolean closed;

    /**
     * @param consumers make consumers that read uncommitted and belong to no group
     * @param margin a grant is remembered so long after its last token has expired
     * @param most grants are given at a time: the last ones read; more would not be remembered
     */
    JournalReader(
            Supplier<Consumer<byte[], byte[]>> consumers, RecordDeserializer deserializer, Duration margin, int most) {
        this.consumers = consumers;
        this.deserializer = deserializer;
        this.margin = margin;
        this.most = most;
    }

    /** The grants that these partitions have from an instant on to their ends as of now, each partition's in its order. */
    Collection<Remembered.Yes> grants(Set<Integer> partitions, Instant since) {
        Set<TopicPartition> places = partitions.stream()
                .map(number -> new TopicPartition(Topic.SETTLEMENT_JOURNAL.topic(), number))
                .collect(Collectors.toSet());
        Deque<Remembered.Yes> grants = new ArrayDeque<>();
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

    private void take(ConsumerRecord<byte[], byte[]> record, Deque<Remembered.Yes> grants) {
        try {
            switch (deserializer.read(record.value())) {
                case Reading.Read read -> {
                    if (read.value() instanceof Grant grant) {
                        grants.add(Remembered.Yes.of(grant, margin));
                    }
                }
                case Reading.Unreadable unreadable -> throw new IllegalArgumentException(unreadable.why());
            }
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "{}-{}@{} cannot be read; if it is a grant, a repeated request of its call will be decided anew: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
        if (grants.size() > most) {
            grants.removeFirst();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
