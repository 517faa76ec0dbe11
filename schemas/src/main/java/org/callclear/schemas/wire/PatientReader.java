package org.callclear.schemas.wire;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.RetriableException;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.RecordDeserializer.RegistryUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that has a consumer to itself until it is closed. What passes by itself is waited for: a broker that cannot be asked
 * now, and a schema registry that does not answer. All but {@link #start} and {@link #close} is for that thread.
 */
public final class PatientReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PatientReader.class);
    private static final Duration BACK_OFF = Duration.ofMillis(250);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final String name;
    private final Consumer<String, byte[]> consumer;
    private final RecordDeserializer deserializer;
    private final Thread thread;
    private volatile boolean closing;

    /**
     * @param name of the thread, which begins its lines in the log
     * @param work reads until the reader {@link #isClosing}; {@link #close} ends its polls with a
     *     {@link org.apache.kafka.common.errors.WakeupException}. It closes the consumer
     */
    public PatientReader(
            String name, Consumer<String, byte[]> consumer, RecordDeserializer deserializer, Runnable work) {
        this.name = name;
        this.consumer = consumer;
        this.deserializer = deserializer;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(work);
    }

    /** Begins to read. */
    public void start() {
        thread.start();
    }

    /** Whether it is to end. */
    public boolean isClosing() {
        return closing;
    }

    /** Ends it, and waits for that for at most five seconds. */
    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join(CLOSE_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next records; none when the broker cannot be asked now. */
    public ConsumerRecords<String, byte[]> poll(Duration within) {
        try {
            return consumer.poll(within);
        } catch (RetriableException e) {
            LOG.warn("{} goes on after: {}", name, e.toString());
            return ConsumerRecords.empty();
        }
    }

    /** What a record that is no tombstone holds; empty when the reader is to end before the schema registry answers. */
    public Optional<Reading> read(ConsumerRecord<String, byte[]> record) {
        while (!closing) {
            try {
                return Optional.of(deserializer.read(record.value()));
            } catch (RegistryUnavailableException e) {
                LOG.warn("{} waits for the schema registry: {}", name, e.getMessage());
                pause();
            }
        }
        return Optional.empty();
    }

    /** Waits for a quarter of a second before something is tried again. */
    public void pause() {
        try {
            Thread.sleep(BACK_OFF);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
