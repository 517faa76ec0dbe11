package org.callclear.app.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What an archive keeps of a record: its offset, timestamp, key and headers, and its value, decoded, in the schema that it
 * was written with. For a value that no schema reads, its bytes, encrypted as a whole.
 */
final class Envelope {
    /** Of the record in a file that goes around each value. */
    static final String NAME = "ArchivedRecord";

    private static final String NAMESPACE = "org.callclear.archive";
    private static final Schema BYTES_OR_NULL =
            Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.BYTES));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private @Nullable BinaryEncoder encoder;

    /** The schema of a file; null for the one of values that no schema reads. */
    static Schema around(@Nullable Schema value) {
        Schema header = record(
                "ArchivedHeader",
                "A header of the Kafka record.",
                field("name", Schema.create(Schema.Type.STRING), "Its name."),
                field("value", BYTES_OR_NULL, "Its value."));
        return record(
                NAME,
                "A record of the log. " + (value == null ? "No schema reads its value." : ""),
                field("offset", Schema.create(Schema.Type.LONG), "In its partition."),
                field("timestamp", Schema.create(Schema.Type.LONG), "Of the Kafka record, ms since 1970."),
                field("key", BYTES_OR_NULL, "As it is in Kafka; encrypted where no schema reads the value."),
                field("headers", Schema.createArray(header), "In their order."),
                field(
                        "value",
                        value == null ? BYTES_OR_NULL : value,
                        value == null ? "Encrypted; null for a deletion." : "Phone numbers in it are encrypted."));
    }

    private static Schema record(String name, String doc, Schema.Field... fields) {
        return Schema.createRecord(name, doc.strip(), NAMESPACE, false, List.of(fields));
    }

    private static Schema.Field field(String name, Schema schema, String doc) {
        return new Schema.Field(name, schema, doc);
    }

    /** The schema of the value in a file's; null for a file of values that no schema reads. */
    static @Nullable Schema valueIn(Schema file) {
        Schema.Field value = file.getField("value");
        if (!file.getName().equals(NAME) || value == null) {
            throw new IllegalArgumentException("its records are no " + NAME);
        }
        return value.schema().getType() == Schema.Type.UNION ? null : value.schema();
    }

    /** SHA-256 of a schema's parsing canonical form, in hex, as Avro's specification has it. */
    static String fingerprint(Schema schema) {
        try {
            return java.util.HexFormat.of().formatHex(SchemaNormalization.parsingFingerprint("SHA-256", schema));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The bytes of a record with a value that its file's schema reads. The buffer is good until the next call. */
    ByteBuffer of(ConsumerRecord<byte[], byte[]> record, byte[] body) throws IOException {
        BinaryEncoder out = begun(record, record.key());
        out.writeFixed(body);
        return ended(out);
    }

    /** The bytes of a record with a value that no schema reads, or none. */
    ByteBuffer unread(ConsumerRecord<byte[], byte[]> record, byte @Nullable [] key, byte @Nullable [] value)
            throws IOException {
        BinaryEncoder out = begun(record, key);
        optional(out, value);
        return ended(out);
    }

    private BinaryEncoder begun(ConsumerRecord<byte[], byte[]> record, byte @Nullable [] key) throws IOException {
        bytes.reset();
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, encoder);
        encoder = out;
        out.writeLong(record.offset());
        out.writeLong(record.timestamp());
        optional(out, key);
        Header[] headers = record.headers().toArray();
        out.writeArrayStart();
        out.setItemCount(headers.length);
        for (Header header : headers) {
            out.startItem();
            out.writeString(header.key());
            optional(out, header.value());
        }
        out.writeArrayEnd();
        return out;
    }

    private static void optional(BinaryEncoder out, byte @Nullable [] value) throws IOException {
        out.writeIndex(value == null ? 0 : 1);
        if (value != null) {
            out.writeBytes(value);
        }
    }

    private ByteBuffer ended(BinaryEncoder out) throws IOException {
        out.flush();
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    /** What a file says of itself, beside its schema. */
    static SortedMap<String, String> about(String topic, int partition, String period) {
        // In an order: the same records are to give the same bytes in every process.
        return new TreeMap<>(Map.of(
                "callclear.topic", topic,
                "callclear.partition", Integer.toString(partition),
                "callclear.period", period));
    }
}
