package org.callclear.app.exchange;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.UsageFile;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordSerializer;

/**
 * One Kafka transaction that writes records and the note of their file. Of two for one carrier and purpose the later
 * fences the earlier, so open it before reading what is known.
 */
final class UsageTransaction implements AutoCloseable {
    /** The most that a broker allows unless told otherwise; a million rows take a small part of it. */
    static final Duration LONGEST = Duration.ofMinutes(15);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Producer<String, SpecificRecord> producer;
    private final String cluster;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private boolean begun;

    private UsageTransaction(Producer<String, SpecificRecord> producer, String cluster) {
        this.producer = producer;
        this.cluster = cluster;
    }

    /**
     * Makes this the only one, and undoes what one before left open.
     *
     * @param purpose {@code import} or {@code export}
     */
    static UsageTransaction open(KafkaAccess access, String purpose, CarrierId carrier) {
        Map<String, Object> settings = access.clientSettings();
        settings.put("client.id", "usage-" + purpose);
        settings.put("transactional.id", Catalogue.ADMINISTRATION_TRANSACTIONS + "usage-" + purpose + "-" + carrier);
        settings.put("transaction.timeout.ms", Math.toIntExact(LONGEST.toMillis()));
        settings.put("max.block.ms", 60_000);
        settings.put("linger.ms", 20);
        settings.put("batch.size", 128 * 1024);
        settings.put("compression.type", "lz4");
        Producer<String, SpecificRecord> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new RecordSerializer(access.registry()));
        try {
            producer.initTransactions();
            return new UsageTransaction(producer, access.bootstrapServers());
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw new ExchangeException("cannot write to " + access.bootstrapServers() + ": " + e.getMessage(), e);
        }
    }

    void begin() {
        producer.beginTransaction();
        begun = true;
    }

    void send(CarrierId carrier, CallDetailRecord cdr) {
        send(new ProducerRecord<>(Topic.CDRS.of(carrier), cdr.getCallId(), cdr));
    }

    void send(UsageFile file) {
        String key = file.getDirection() + "/" + file.getCarrier() + "/" + file.getFileName();
        send(new ProducerRecord<>(Topic.USAGE_FILES.topic(), key, file));
    }

    private void send(ProducerRecord<String, SpecificRecord> record) {
        throwFailure();
        try {
            var unused = producer.send(record, (place, thrown) -> {
                if (thrown != null) {
                    failure.compareAndSet(null, thrown);
                }
            });
        } catch (KafkaException e) {
            throw nothingWritten(e);
        }
    }

    /** Waits until the brokers have all that was sent, so that whoever was fenced knows it. */
    void flush() {
        producer.flush();
        throwFailure();
    }

    private void throwFailure() {
        Exception thrown = failure.get();
        if (thrown != null) {
            throw nothingWritten(thrown);
        }
    }

    /**
     * Makes all of it visible at once.
     *
     * @throws ExchangeException when it was not written, or, as its message then says, when that is not known
     */
    void commit() {
        flush();
        try {
            producer.commitTransaction();
            begun = false;
        } catch (TimeoutException | InterruptException e) {
            begun = false;
            throw new ExchangeException(
                    "no word from " + cluster + " whether it was written; the same command again finds out", e);
        } catch (KafkaException e) {
            throw nothingWritten(e);
        }
    }

    private static ExchangeException nothingWritten(Exception e) {
        boolean fenced = e instanceof ProducerFencedException || e.getCause() instanceof ProducerFencedException;
        return new ExchangeException(
                fenced
                        ? "another one for this carrier began meanwhile; nothing of this one was written"
                        : "nothing was written: " + e.getMessage(),
                e);
    }

    /** Undoes what was not committed. */
    @Override
    public void close() {
        if (begun) {
            try {
                producer.abortTransaction();
            } catch (KafkaException e) {
                failure.compareAndSet(null, e); // The broker undoes it by itself when its time is over.
            }
        }
        producer.close(CLOSE_WITHIN);
    }
}
