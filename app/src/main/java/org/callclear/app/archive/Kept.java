package org.callclear.app.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * A record as an archive keeps it.
 *
 * @param offset in its partition
 * @param timestamp of the Kafka record, ms since 1970
 * @param key of the Kafka record; encrypted where no schema reads the value
 * @param headers of the Kafka record
 * @param schemaId of the value; -1 where no schema reads it
 * @param value null where no schema reads it
 * @param unread the value's bytes, encrypted, where no schema reads it; null for a deletion
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Kept(
        long offset,
        long timestamp,
        byte @Nullable [] key,
        List<Header> headers,
        int schemaId,
        @Nullable IndexedRecord value,
        byte @Nullable [] unread) {
    private static final int FRAME = 5;

    /** A header. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Header(String name, byte @Nullable [] value) {}

    /**
     * The value as it was in Kafka, byte for byte; null for a deletion. The record's numbers are put back on the way; it
     * must have been read with the schema that it was written with.
     *
     * @throws IllegalArgumentException when the keys do not belong to it
     */
    byte @Nullable [] original(String topic, NumberKeys keys) throws IOException {
        if (value == null) {
            return unread == null ? null : HiddenNumbers.open(unreadKey(topic), unread, keys);
        }
        HiddenNumbers.reveal(value, timestamp, keys);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(FRAME).put((byte) 0).putInt(schemaId).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<IndexedRecord>(value.getSchema(), new GenericData()).write(value, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /** The key as it was in Kafka. */
    byte @Nullable [] originalKey(String topic, NumberKeys keys) {
        return value != null || key == null ? key : HiddenNumbers.open(unreadKey(topic), key, keys);
    }

    /** The name of the key that hides a value that no schema reads. */
    KeyName unreadKey(String topic) {
        return KeyName.of(ArchivedTopics.carrier(topic).orElse(null), null, timestamp);
    }
}
