package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.callclear.schemas.wire.RecordDeserializer;

/** What transactions have left on some topics, and how far they have written without being done. */
final class CommittedLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<String, byte[]> committed;
    private final KafkaConsumer<String, byte[]> written;
    private final RecordDeserializer deserializer = new RecordDeserializer(SettlementVictim.schemas());
    private final List<SpecificRecord> records = new ArrayList<>();
    private long dirty;
    private long counted;

    private CommittedLog(LocalBroker broker, Collection<String> topics) {
        this.committed = consumer(broker, topics, "read_committed");
        this.written = consumer(broker, topics, "read_uncommitted");
    }

    static CommittedLog of(LocalBroker broker, Collection<String> topics) {
        return new CommittedLog(broker, topics);
    }

    /** All that was committed, as far as it was read. */
    List<SpecificRecord> records() {
        return List.copyOf(records);
    }

    <T extends SpecificRecord> List<T> of(Class<T> type) {
        return records.stream().map(type::cast).toList();
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
        while (records.size() < all) {
            inTime(until, "%d records of %d committed", records.size(), all);
            meanwhile.run();
            pollCommitted();
        }
    }

    /**
     * Reads to the end of what was written, when nobody writes any more: what was not committed is given up by then.
     *
     * @return how many records were written since the last time that never held
     */
    int readWhatWasWritten(Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        Map<TopicPartition, Long> ends = new HashMap<>(written.endOffsets(written.assignment()));
        while (!isAt(written, ends)) {
            inTime(until, "not read to the end: %s", ends);
            pollWritten();
        }
        while (!isAt(committed, ends)) {
            inTime(until, "a transaction still hangs before %s", ends);
            pollCommitted();
        }
        long tornBefore = counted;
        counted = dirty - records.size();
        return Math.toIntExact(counted - tornBefore);
    }

    private static boolean isAt(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static void inTime(long until, String what, Object... arguments) {
        assertThat(System.nanoTime()).as(what, arguments).isLessThan(until);
    }

    private long pollWritten() {
        int count = written.poll(POLL).count();
        dirty += count;
        return count;
    }

    private void pollCommitted() {
        for (ConsumerRecord<String, byte[]> record : committed.poll(POLL)) {
            records.add(deserializer.deserialize(record.topic(), record.value()));
        }
    }

    private static KafkaConsumer<String, byte[]> consumer(
            LocalBroker broker, Collection<String> topics, String isolation) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", broker.address(),
                        "isolation.level", isolation,
                        "fetch.max.wait.ms", 50,
                        "enable.auto.commit", false),
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
