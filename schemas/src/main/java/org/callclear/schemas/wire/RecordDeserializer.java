package org.callclear.schemas.wire;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.callclear.schemas.call.PartyName;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link RecordSerializer}, or any Confluent serializer, wrote. The writer's schema comes from the registry;
 * the reader's is the class of the same full name.
 *
 * <p>A consumer that must not stop at a record it cannot read takes bytes from Kafka and calls {@link #read}, which
 * says "no" as an answer.
 */
public final class RecordDeserializer implements Deserializer<SpecificRecord> {
    private static final int HEADER = 5;

    private final SchemaRegistryClient registry;
    private final Map<Integer, Known> readers = new ConcurrentHashMap<>();

    /** How records of one schema are read. */
    private record Known(SpecificDatumReader<SpecificRecord> reader, boolean hasDecimals) {}

    public RecordDeserializer(SchemaRegistryClient registry) {
        AvroTrust.establish();
        this.registry = registry;
    }

    /** What came of reading bytes. */
    public sealed interface Reading {
        /** A record. */
        record Read(SpecificRecord value) implements Reading {}

        /** Not a record of ours; why, in one sentence without content. */
        record Unreadable(String why) implements Reading {}
    }

    /**
     * Reads bytes from any source.
     *
     * @throws RegistryUnavailableException when the registry cannot be asked; the bytes may be good, try again
     */
    public Reading read(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length < HEADER || bytes[0] != RecordSerializer.MAGIC) {
            return new Reading.Unreadable("not in the Confluent wire format");
        }
        int id = ByteBuffer.wrap(bytes, 1, 4).getInt();
        Known known = readers.get(id);
        try {
            if (known == null) {
                known = reader(id);
                readers.put(id, known);
            }
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null);
            // A datum reader holds one resolver for the thread that made it and asks a thread-local for others, and
            // resets it
            // before each record; so it is shared. A fresh one would look the class's conversions up by reflection.
            SpecificRecord value = known.reader().read(null, decoder);
            if (!decoder.isEnd()) {
                return new Reading.Unreadable("bytes left over after the record");
            }
            return known.hasDecimals() && !Decimals.fit(value)
                    ? new Reading.Unreadable("a decimal of more digits than schema " + id + " allows")
                    : new Reading.Read(value);
        } catch (UnknownSchemaException e) {
            return new Reading.Unreadable(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            if (e instanceof RegistryUnavailableException unavailable) {
                throw unavailable;
            }
            return new Reading.Unreadable(
                    "not the Avro binary of schema " + id + ": " + e.getClass().getSimpleName());
        }
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out (a tombstone)
    public SpecificRecord deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        return switch (read(data)) {
            case Reading.Read read -> read.value();
            case Reading.Unreadable unreadable -> throw new SerializationException(topic + ": " + unreadable.why());
        };
    }

    private Known reader(int id) throws IOException {
        Schema written;
        try {
            written = ((AvroSchema) registry.getSchemaById(id)).rawSchema();
        } catch (RestClientException e) {
            if (e.getStatus() == 404) {
                throw new UnknownSchemaException("the registry has no schema " + id);
            }
            throw new RegistryUnavailableException(e);
        } catch (IOException e) {
            throw new RegistryUnavailableException(e);
        }
        Class<?> type = SpecificData.get().getClass(written);
        if (type == null || !SpecificRecord.class.isAssignableFrom(type)) {
            throw new UnknownSchemaException(
                    "schema " + id + " is a " + PartyName.shown(written.getFullName()) + ", not one of ours");
        }
        Schema read = SpecificData.get().getSchema(type);
        return new Known(new SpecificDatumReader<>(written, read), Decimals.areIn(read));
    }

    /** The registry could not be asked. */
    public static final class RegistryUnavailableException extends RetriableException {
        private static final long serialVersionUID = 1L;

        RegistryUnavailableException(Throwable cause) {
            super("the schema registry cannot be asked: " + cause.getMessage(), cause);
        }
    }

    private static final class UnknownSchemaException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownSchemaException(String message) {
            super(message);
        }
    }
}
