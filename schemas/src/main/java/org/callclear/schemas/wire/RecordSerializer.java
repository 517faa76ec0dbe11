package org.callclear.schemas.wire;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record as Confluent's own serializer does. The subject is the record's full name
 * ({@code RecordNameStrategy}); schemas are registered by {@code topics apply}, never by a writer.
 *
 * <p>Safe for use by several threads.
 */
public final class RecordSerializer implements Serializer<SpecificRecord> {
    static final byte MAGIC = 0;

    private final SchemaRegistryClient registry;
    private final Map<Schema, Known> known = new ConcurrentHashMap<>();

    /** A datum writer holds nothing of a record, so all threads write with the same one. */
    private record Known(int id, SpecificDatumWriter<SpecificRecord> writer) {}

    public RecordSerializer(SchemaRegistryClient registry) {
        AvroTrust.establish();
        this.registry = registry;
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out (a tombstone)
    public byte[] serialize(String topic, @Nullable SpecificRecord data) {
        if (data == null) {
            return null;
        }
        Schema schema = data.getSchema();
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        Known type = known.computeIfAbsent(schema, this::lookUp);
        int id = type.id();
        out.write(MAGIC);
        out.write(id >>> 24);
        out.write(id >>> 16);
        out.write(id >>> 8);
        out.write(id);
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            type.writer().write(data, encoder);
            encoder.flush();
        } catch (IOException | RuntimeException e) {
            throw new SerializationException("cannot write a " + schema.getName() + " to " + topic, e);
        }
        return out.toByteArray();
    }

    private Known lookUp(Schema schema) {
        String subject = schema.getFullName();
        try {
            return new Known(registry.getId(subject, new AvroSchema(schema)), new SpecificDatumWriter<>(schema));
        } catch (IOException | RestClientException e) {
            throw new SerializationException(
                    "the schema registry does not know this version of " + subject + " (run `topics apply`): "
                            + e.getMessage(),
                    e);
        }
    }
}
