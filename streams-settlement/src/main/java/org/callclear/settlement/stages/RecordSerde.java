package org.callclear.settlement.stages;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordSerializer;
import org.callclear.settlement.codec.HotRecords;
import org.jspecify.annotations.Nullable;

/**
 * Any record of the shared language, on topics and in stores alike. Those that pass for every call are read and written by
 * hand, to the same bytes; all others, and all in another version of their schema, by Avro. Safe for several threads.
 */
public final class RecordSerde implements Serde<SpecificRecord> {
    private static final int HEADER = 5;

    private final SchemaRegistryClient registry;
    private final RecordSerializer avroWriter;
    private final RecordDeserializer avroReader;
    private final Map<Integer, Optional<Schema>> readByHand = new ConcurrentHashMap<>();
    private final Map<Class<?>, byte[]> heads = new ConcurrentHashMap<>();
    private final ThreadLocal<HotRecords> hot = ThreadLocal.withInitial(HotRecords::new);

    private RecordSerde(SchemaRegistryClient registry) {
        this.registry = registry;
        this.avroWriter = new RecordSerializer(registry);
        this.avroReader = new RecordDeserializer(registry);
    }

    /** A serde that asks this registry. */
    public static Serde<SpecificRecord> of(SchemaRegistryClient registry) {
        return new RecordSerde(registry);
    }

    @Override
    public Serializer<SpecificRecord> serializer() {
        return this::write;
    }

    @Override
    public Deserializer<SpecificRecord> deserializer() {
        return this::read;
    }

    private byte[] write(String topic, @Nullable SpecificRecord record) {
        if (record == null || !HotRecords.writes(record)) {
            return avroWriter.serialize(topic, record);
        }
        byte[] head = heads.get(record.getClass());
        if (head == null) {
            head = headOf(record.getSchema());
            heads.put(record.getClass(), head);
        }
        return hot.get().write(head, record);
    }

    private SpecificRecord read(String topic, byte @Nullable [] bytes) {
        if (bytes != null && bytes.length >= HEADER && bytes[0] == 0) {
            int id = ByteBuffer.wrap(bytes, 1, 4).getInt();
            @Nullable Optional<Schema> schema = readByHand.get(id);
            if (schema == null) {
                schema = readByHand.computeIfAbsent(id, this::byHand);
            }
            if (schema != null && schema.isPresent()) {
                try {
                    return hot.get().read(schema.get(), bytes, HEADER);
                } catch (IllegalArgumentException e) {
                    throw new SerializationException(
                            topic + ": not the Avro binary of a " + schema.get().getName(), e);
                }
            }
        }
        return avroReader.deserialize(topic, bytes);
    }

    /** Magic byte and schema id, as Confluent's serializers write them. */
    private byte[] headOf(Schema schema) {
        try {
            int id = registry.getId(schema.getFullName(), new AvroSchema(schema));
            return ByteBuffer.allocate(HEADER).put((byte) 0).putInt(id).array();
        } catch (IOException | RestClientException e) {
            throw new SerializationException(
                    "the schema registry does not know this version of " + schema.getFullName()
                            + " (run `topics apply`): " + e.getMessage(),
                    e);
        }
    }

    /** What cannot be asked for now is left to Avro, which says what is wrong, and asked for again. */
    private @Nullable Optional<Schema> byHand(int id) {
        try {
            Schema written = ((AvroSchema) registry.getSchemaById(id)).rawSchema();
            return HotRecords.reads(written) ? Optional.of(written) : Optional.empty();
        } catch (IOException | RestClientException e) {
            return null;
        }
    }
}
