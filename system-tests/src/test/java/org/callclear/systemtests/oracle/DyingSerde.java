package org.callclear.systemtests.oracle;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.callclear.schemas.avro.Posting;

/** Writes so many postings and then no more: whoever uses it dies in the middle of an entry and of a transaction. */
record DyingSerde(Serde<SpecificRecord> records, AtomicLong left) implements Serde<SpecificRecord> {
    static DyingSerde after(long postings, Serde<SpecificRecord> records) {
        return new DyingSerde(records, new AtomicLong(postings));
    }

    @Override
    public Serializer<SpecificRecord> serializer() {
        return (topic, item) -> {
            if (item instanceof Posting && left.decrementAndGet() < 0) {
                throw new IllegalStateException("made to die here");
            }
            return records.serializer().serialize(topic, item);
        };
    }

    @Override
    public Deserializer<SpecificRecord> deserializer() {
        return records.deserializer();
    }
}
