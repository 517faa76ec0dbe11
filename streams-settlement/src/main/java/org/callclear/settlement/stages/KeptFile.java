package org.callclear.settlement.stages;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.callclear.schemas.avro.SettlementFile;
import org.callclear.settlement.reconcile.CallFile;
import org.jspecify.annotations.Nullable;

/**
 * The file of a call in a store.
 *
 * @param file may be written in
 * @param openUntil log time until which it waits, ms since 1970; {@link org.callclear.settlement.reconcile.Files#NONE} when it does not
 */
record KeptFile(CallFile file, long openUntil) {
    /** Kept files as the records of the shared language. */
    static Serde<KeptFile> serde(Serde<SpecificRecord> records) {
        return new AsRecords(records);
    }

    private static final class AsRecords implements Serde<KeptFile> {
        private final Serializer<SpecificRecord> writer;
        private final Deserializer<SpecificRecord> reader;
        /** One of each for all: Streams asks for it with each record. */
        private final Serializer<KeptFile> serializer = this::bytes;

        private final Deserializer<KeptFile> deserializer = this::file;

        private AsRecords(Serde<SpecificRecord> records) {
            this.writer = records.serializer();
            this.reader = records.deserializer();
        }

        @Override
        public Serializer<KeptFile> serializer() {
            return serializer;
        }

        @Override
        public Deserializer<KeptFile> deserializer() {
            return deserializer;
        }

        @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
        private byte[] bytes(String topic, @Nullable KeptFile kept) {
            return kept == null ? null : writer.serialize(topic, kept.file().record(kept.openUntil()));
        }

        @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
        private KeptFile file(String topic, byte @Nullable [] bytes) {
            if (bytes == null) {
                return null;
            }
            SettlementFile record = (SettlementFile) reader.deserialize(topic, bytes);
            return new KeptFile(CallFile.of(record), record.getOpenUntil());
        }
    }
}
