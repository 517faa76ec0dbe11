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

    private record AsRecords(Serde<SpecificRecord> records) implements Serde<KeptFile> {
        @Override
        public Serializer<KeptFile> serializer() {
            return this::bytes;
        }

        @Override
        public Deserializer<KeptFile> deserializer() {
            return this::file;
        }

        @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
        private byte[] bytes(String topic, @Nullable KeptFile kept) {
            return kept == null
                    ? null
                    : records.serializer().serialize(topic, kept.file().record(kept.openUntil()));
        }

        @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
        private KeptFile file(String topic, byte @Nullable [] bytes) {
            if (bytes == null) {
                return null;
            }
            SettlementFile record = (SettlementFile) records.deserializer().deserialize(topic, bytes);
            return new KeptFile(CallFile.of(record), record.getOpenUntil());
        }
    }
}
