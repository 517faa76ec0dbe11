package org.callclear.gateways.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.callclear.schemas.wire.PatientReader;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic's one partition from a moment of its broker's clock on, on a thread of its own, and stops when it is not
 * the same log any more: unlike {@link org.callclear.schemas.wire.TopicTail}, which would begin anew and leave a gap.
 */
final class ClaimTopic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimTopic.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Takes what is read, on the reading thread. */
    interface Reader {
        /** What the log took before the moment to begin at is left unread. Comes first or not at all. */
        void beginsInTheMiddle();

        /** The next record. */
        void take(ConsumerRecord<String, byte[]> record, Reading reading);

        /** Comes at least every fifth of a second. */
        void turn();

        /** Nothing more will be read. */
        void stopped(String why, Throwable cause);
    }

    private final Consumer<String, byte[]> consumer;
    private final TopicPartition partition;
    private final Instant from;
    private final Reader reader;
    private final PatientReader tail;

    /**
     * @param consumer used and closed by the reading thread alone; must not choose a place by itself
     * @param from reading begins at the first record that the broker stamped then or later; at the log's beginning where
     *     there is none
     */
    ClaimTopic(
            Consumer<String, byte[]> consumer,
            String topic,
            Instant from,
            RecordDeserializer deserializer,
            Reader reader) {
        this.consumer = consumer;
        this.partition = new TopicPartition(topic, 0);
        this.from = from;
        this.reader = reader;
        this.tail = new PatientReader("reads-" + topic, consumer, deserializer, this::run);
    }

    /** What Kafka's consumer counts. */
    Map<MetricName, ? extends Metric> metrics() {
        return consumer.metrics();
    }

    void start() {
        tail.start();
    }

    @Override
    public void close() {
        tail.close();
    }

    private void run() {
        try (consumer) {
            consumer.assign(List.of(partition));
            begin();
            while (!tail.isClosing()) {
                for (ConsumerRecord<String, byte[]> record : tail.poll(POLL)) {
                    tail.read(record).ifPresent(reading -> reader.take(record, reading));
                }
                reader.turn();
            }
        } catch (WakeupException e) {
            LOG.debug("{} is read no more", partition);
        } catch (OffsetOutOfRangeException e) {
            reader.stopped("topic " + partition.topic() + " was cut off or made anew while it was read", e);
        } catch (RuntimeException | Error e) {
            reader.stopped("topic " + partition.topic() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void begin() {
        while (!tail.isClosing()) {
            try {
                OffsetAndTimestamp found = consumer.offsetsForTimes(Map.of(partition, from.toEpochMilli()))
                        .get(partition);
                if (found == null) {
                    consumer.seekToBeginning(List.of(partition));
                } else {
                    consumer.seek(partition, found.offset());
                    if (found.offset() > beginning()) {
                        reader.beginsInTheMiddle();
                    }
                }
                return;
            } catch (RetriableException e) {
                LOG.warn("reading {} begins after: {}", partition, e.toString());
                tail.pause();
            }
        }
    }

    private long beginning() {
        return Objects.requireNonNull(
                consumer.beginningOffsets(List.of(partition)).get(partition));
    }
}
