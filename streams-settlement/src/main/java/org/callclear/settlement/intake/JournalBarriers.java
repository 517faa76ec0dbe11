package org.callclear.settlement.intake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordDeserializer.Reading;

/**
 * Finds barriers of the journal, the last ones. A barrier stands on every partition or on none, so one partition tells
 * all; it is read from its end backwards, a piece at a time.
 */
public final class JournalBarriers {
    /** The key of barriers on the journal. */
    static final String KEY = "barrier";

    private static final byte[] KEY_BYTES = KEY.getBytes(StandardCharsets.UTF_8);
    private static final TopicPartition FIRST = new TopicPartition(Topic.SETTLEMENT_JOURNAL.topic(), 0);
    private static final long PIECE = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaAccess access;
    private final RecordDeserializer deserializer;

    /** @param access of a party that may read the journal */
    public JournalBarriers(KafkaAccess access, RecordDeserializer deserializer) {
        this.access = access;
        this.deserializer = deserializer;
    }

    private record Found(PeriodBarrier barrier, Headers headers) {}

    /**
     * How the journal stands: its last barrier tells it for all calendars.
     *
     * @throws TimeoutException when the journal cannot be read to its end in a minute
     */
    public Openings openings() {
        List<Found> found = latest(barrier -> true);
        return found.isEmpty()
                ? Openings.NONE
                : Openings.read(found.getLast().headers(), found.getLast().barrier());
    }

    /**
     * The barriers that a command led to; empty when there are none.
     *
     * @throws TimeoutException when the journal cannot be read to its end in a minute
     */
    public List<PeriodBarrier> of(String commandId) {
        return latest(barrier -> barrier.getCommandId().equals(commandId)).stream()
                .map(Found::barrier)
                .toList();
    }

    /** Those of the last piece that has any. */
    private List<Found> latest(Predicate<PeriodBarrier> wanted) {
        // Up to the very end, not only to where open transactions begin: a barrier may be among them.
        long end = end("read_uncommitted");
        try (Consumer<byte[], byte[]> consumer = consumer("read_committed")) {
            consumer.assign(List.of(FIRST));
            long begin = consumer.beginningOffsets(List.of(FIRST)).getOrDefault(FIRST, 0L);
            for (long to = end; to > begin; to -= PIECE) {
                List<Found> found = between(consumer, Math.max(begin, to - PIECE), to, wanted);
                if (!found.isEmpty()) {
                    return found;
                }
            }
            return List.of();
        }
    }

    private List<Found> between(
            Consumer<byte[], byte[]> consumer, long from, long to, Predicate<PeriodBarrier> wanted) {
        List<Found> found = new ArrayList<>();
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        consumer.seek(FIRST, from);
        while (consumer.position(FIRST) < to) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                if (record.offset() < to
                        && Arrays.equals(record.key(), KEY_BYTES)
                        && deserializer.read(record.value()) instanceof Reading.Read read
                        && read.value() instanceof PeriodBarrier barrier
                        && wanted.test(barrier)) {
                    found.add(new Found(barrier, record.headers()));
                }
            }
            if (System.nanoTime() - giveUpAt > 0) {
                throw new TimeoutException("the journal could not be read to offset " + to + " of " + FIRST);
            }
        }
        return found;
    }

    private long end(String isolation) {
        try (Consumer<byte[], byte[]> consumer = consumer(isolation)) {
            return consumer.endOffsets(List.of(FIRST)).getOrDefault(FIRST, 0L);
        }
    }

    private Consumer<byte[], byte[]> consumer(String isolation) {
        Map<String, Object> settings = access.clientSettings();
        settings.put("isolation.level", isolation);
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", false);
        settings.put("client.id", "settlement-barriers");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
