package org.callclear.clearinghouse.answering;

import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Where facts and answers are written. */
interface Outbox {
    /**
     * Writes a record without waiting.
     *
     * @return done when all replicas have it; failed when that is not sure
     */
    CompletableFuture<Void> send(ProducerRecord<String, SpecificRecord> record);
}
