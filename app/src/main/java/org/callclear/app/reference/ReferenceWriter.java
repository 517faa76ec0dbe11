package org.callclear.app.reference;

import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordSerializer;

/**
 * Writes an import in one Kafka transaction: all of it, or nothing. Of two imports at a time the later fences the
 * earlier, so revisions never collide: open the writer before reading what is known.
 */
public final class ReferenceWriter implements AutoCloseable {
    private static final String TRANSACTIONAL_ID = Catalogue.ADMINISTRATION_TRANSACTIONS + "reference";

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Producer<String, SpecificRecord> producer;

    private ReferenceWriter(Producer<String, SpecificRecord> producer) {
        this.producer = producer;
    }

    /**
     * Makes this the only importer.
     *
     * @param access of the party {@code administration}
     * @throws ReferenceException when the cluster does not let it
     */
    public static ReferenceWriter open(KafkaAccess access) {
        return open(access, TRANSACTIONAL_ID);
    }

    /**
     * Makes this the only one that changes the keys on a topic. Imports go on: a revocation must not wait for one, nor end
     * it.
     *
     * @param access of the party {@code administration}
     * @param keys token-keys or statement-keys
     * @throws ReferenceException when the cluster does not let it
     */
    public static ReferenceWriter ofKeys(KafkaAccess access, Topic keys) {
        return open(access, Catalogue.ADMINISTRATION_TRANSACTIONS + keys.topic());
    }

    private static ReferenceWriter open(KafkaAccess access, String transactionalId) {
        Map<String, Object> settings = access.clientSettings();
        settings.put("client.id", "reference-writer");
        settings.put("transactional.id", transactionalId);
        settings.put("max.block.ms", 30_000);
        settings.put(
                "transaction.timeout.ms", 120_000); // A large deck is hundreds of records, and a cluster may be slow.
        Producer<String, SpecificRecord> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new RecordSerializer(access.registry()));
        try {
            producer.initTransactions();
            return new ReferenceWriter(producer);
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw new ReferenceException(
                    "cannot write reference data to " + access.bootstrapServers() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes all entries.
     *
     * @throws ReferenceException when they were not written; then none of them was
     */
    public void write(ReferenceUpdate update) {
        if (update.isEmpty()) {
            return;
        }
        try {
            producer.beginTransaction();
            for (ReferenceUpdate.Entry entry : update.entries()) {
                // What comes of it shows at the commit.
                var unused = producer.send(new ProducerRecord<>(entry.topic().topic(), entry.key(), entry.value()));
            }
            producer.commitTransaction();
        } catch (ProducerFencedException e) {
            throw new ReferenceException("another import began meanwhile; nothing of this one was written", e);
        } catch (KafkaException e) {
            abort(e);
            throw new ReferenceException("nothing was written: " + e.getMessage(), e);
        }
    }

    private void abort(KafkaException cause) {
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            cause.addSuppressed(e); // The broker aborts it by itself when its time is over.
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }
}
