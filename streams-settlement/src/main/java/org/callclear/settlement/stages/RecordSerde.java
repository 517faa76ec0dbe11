package org.callclear.settlement.stages;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
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
    private final Map<Integer, Way> ways = new ConcurrentHashMap<>();
    private final Map<Class<?>, byte[]> heads = new ConcurrentHashMap<>();
    private final ThreadLocal<HotRecords> hot = ThreadLocal.withInitial(HotRecords::new);

    /** One of each for all: Streams asks for it with each record. */
    private final Serializer<SpecificRecord> serializer = this::write;

    private final Deserializer<SpecificRecord> deserializer = this::read;
    private final Serde<String> keys = Serdes.serdeFrom(new StringSerializer(), this::readKey);

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
        return serializer;
    }

    @Override
    public Deserializer<SpecificRecord> deserializer() {
        return deserializer;
    }

    /** Texts as keys of records, each read before its record: see {@link HotRecords#readKey}. */
    public Serde<String> keys() {
        return keys;
    }

    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
    private String readKey(String topic, byte @Nullable [] bytes) {
        return bytes == null ? null : hot.get().readKey(bytes);
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
            Way way = way(ByteBuffer.wrap(bytes, 1, 4).getInt());
            if (way.schema() != null) {
                return byHand(topic, way.schema(), bytes);
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

    /** How records of a schema are read: by hand when it is there. */
    private record Way(@Nullable Schema schema) {
        static final Way AVRO = new Way(null);
    }

    private SpecificRecord byHand(String topic, Schema schema, byte[] bytes) {
        try {
            return hot.get().read(schema, bytes, HEADER);
        } catch (IllegalArgumentException e) {
            throw new SerializationException(topic + ": not the Avro binary of a " + schema.getName(), e);
        }
    }

    /** What cannot be asked for now is left to Avro, which says what is wrong, and asked for again. */
    private Way way(int id) {
        Way known = ways.get(id);
        if (known != null) {
            return known;
        }
        try {
            Schema written = ((AvroSchema) registry.getSchemaById(id)).rawSchema();
            Way found = HotRecords.reads(written) ? new Way(written) : Way.AVRO;
            ways.put(id, found);
            return found;
        } catch (IOException | RestClientException e) {
            return Way.AVRO;
        }
    }
}
