package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.callclear.schemas.wire.MemoryRegistry;
import org.callclear.schemas.wire.RecordDeserializer;

/** What transactions have left on some topics, and how far they have written without being done. */
final class CommittedLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<String, byte[]> committed;
    private final KafkaConsumer<String, byte[]> written;
    private final RecordDeserializer deserializer = new RecordDeserializer(MemoryRegistry.open());
    private final List<ConsumerRecord<String, byte[]>> held = new ArrayList<>();
    private final List<ConsumerRecord<String, byte[]>> tried = new ArrayList<>();

    /** Where topics end. */
    record Ends(Map<TopicPartition, Long> offsets) {
        boolean areAfter(ConsumerRecord<?, ?> record) {
            return record.offset() < offsets.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
        }

        private boolean areReachedBy(KafkaConsumer<?, ?> consumer) {
            return offsets.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        }
    }

    private CommittedLog(LocalBroker broker, Collection<String> topics) {
        this.committed = consumer(broker, topics, "read_committed");
        this.written = consumer(broker, topics, "read_uncommitted");
    }

    static CommittedLog of(LocalBroker broker, Collection<String> topics) {
        return new CommittedLog(broker, topics);
    }

    /** All that was committed before these ends, as far as it was read. */
    <T extends SpecificRecord> List<T> of(Class<T> type, Ends ends) {
        return between(type, new Ends(Map.of()), ends);
    }

    /** All that was committed from these ends on and before those. */
    <T extends SpecificRecord> List<T> between(Class<T> type, Ends from, Ends to) {
        return held.stream()
                .filter(record -> to.areAfter(record) && !from.areAfter(record))
                .map(record -> deserializer.deserialize(record.topic(), record.value()))
                .map(type::cast)
                .toList();
    }

    /** How many records were written before these ends that never held. */
    long torn(Ends ends) {
        return tried.stream().filter(ends::areAfter).count()
                - held.stream().filter(ends::areAfter).count();
    }

    /** Waits until so many more records were written, committed or not. */
    void awaitWritten(long more, Duration patience, Runnable meanwhile) {
        long until = System.nanoTime() + patience.toNanos();
        for (long seen = 0; seen < more; seen += pollWritten()) {
            inTime(until, "%d records of %d written", seen, more);
            meanwhile.run();
        }
    }

    /** Waits until so many records were committed in all. */
    void awaitCommitted(int all, Duration patience, Runnable meanwhile) {
        long until = System.nanoTime() + patience.toNanos();
        while (held.size() < all) {
            inTime(until, "%d records of %d committed", held.size(), all);
            meanwhile.run();
            pollCommitted();
        }
    }

    /** The ends of what was written, committed or not. */
    Ends ends() {
        return new Ends(Map.copyOf(written.endOffsets(written.assignment())));
    }

    /** Reads to these ends; waits until all transactions that wrote before them are over, one way or the other. */
    void readTo(Ends ends, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (!ends.areReachedBy(written)) {
            inTime(until, "not read to the end: %s", ends);
            pollWritten();
        }
        while (!ends.areReachedBy(committed)) {
            inTime(until, "a transaction still hangs before %s", ends);
            pollCommitted();
        }
    }

    private static void inTime(long until, String what, Object... arguments) {
        assertThat(System.nanoTime()).as(what, arguments).isLessThan(until);
    }

    private int pollWritten() {
        int before = tried.size();
        written.poll(POLL).forEach(tried::add);
        return tried.size() - before;
    }

    private void pollCommitted() {
        committed.poll(POLL).forEach(held::add);
    }

    private static KafkaConsumer<String, byte[]> consumer(
            LocalBroker broker, Collection<String> topics, String isolation) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.address(),
                        "isolation.level",
                        isolation,
                        "fetch.max.wait.ms",
                        50,
                        "enable.auto.commit",
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(found -> new TopicPartition(found.topic(), found.partition()))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
        return consumer;
    }

    @Override
    public void close() {
        committed.close();
        written.close();
    }
}
