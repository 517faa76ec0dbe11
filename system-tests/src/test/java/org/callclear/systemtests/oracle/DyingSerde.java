package org.callclear.systemtests.oracle;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.callclear.schemas.avro.LedgerEntry;

/** Writes so many entries and then no more: whoever uses it dies between a call and its entry, in the middle of a transaction. */
record DyingSerde(Serde<SpecificRecord> records, AtomicLong left) implements Serde<SpecificRecord> {
    static DyingSerde after(long entries, Serde<SpecificRecord> records) {
        return new DyingSerde(records, new AtomicLong(entries));
    }

    @Override
    public Serializer<SpecificRecord> serializer() {
        return (topic, item) -> {
            if (item instanceof LedgerEntry && left.decrementAndGet() < 0) {
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
