package org.callclear.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/**
 * One seed for every record that there is, each field filled in, and one for every record of before its fields with
 * defaults were added. {@code -Dcallclear.write-seeds=true} writes them.
 */
class RecordSeedsTest {
    private static final Path SEEDS = Path.of(System.getProperty("callclear.seeds", "seeds"), "records");
    private static final int DEEPEST = 6;

    @Test
    void thereIsASeedForEveryRecordAndItsOlderForm() throws IOException {
        Map<String, byte[]> wanted = wanted();
        if (Boolean.getBoolean("callclear.write-seeds")) {
            Files.createDirectories(SEEDS);
            for (Map.Entry<String, byte[]> seed : wanted.entrySet()) {
                Files.write(SEEDS.resolve(seed.getKey()), seed.getValue());
            }
        }

        try (Stream<Path> files = Files.list(SEEDS)) {
            Set<String> there = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            assertThat(there).containsAll(wanted.keySet());
        }
    }

    @Test
    void everySeedIsRead() throws IOException {
        RecordDeserializer reader = new RecordDeserializer(RecordFuzz.registry());

        assertThat(wanted())
                .allSatisfy((name, bytes) ->
                        assertThat(reader.read(bytes)).as(name).isInstanceOf(RecordDeserializer.Reading.Read.class));
    }

    private static Map<String, byte[]> wanted() throws IOException {
        Map<String, byte[]> wanted = new LinkedHashMap<>();
        for (Map.Entry<String, Schema> schema : RecordFuzz.schemas().entrySet()) {
            String name = schema.getValue().getName();
            wanted.put(name, bytes(RecordFuzz.id(schema.getKey()), schema.getValue()));
            Schema older = RecordFuzz.older(schema.getValue());
            if (older.getFields().size() < schema.getValue().getFields().size()) {
                wanted.put(name + ".older", bytes(RecordFuzz.olderId(schema.getKey()), older));
            }
        }
        return wanted;
    }

    private static byte[] bytes(int id, Schema schema) throws IOException {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(value(schema, 0), encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static Object value(Schema schema, int depth) {
        return switch (schema.getType()) {
            case RECORD -> {
                GenericData.Record record = new GenericData.Record(schema);
                schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema(), depth + 1)));
                yield record;
            }
            case ENUM ->
                new GenericData.EnumSymbol(schema, schema.getEnumSymbols().getLast());
            case ARRAY ->
                depth > DEEPEST ? List.of() : new ArrayList<>(List.of(value(schema.getElementType(), depth + 1)));
            case MAP -> Map.of("key", value(schema.getValueType(), depth + 1));
            case UNION -> value(schema.getTypes().getLast(), depth + 1);
            case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
            case STRING -> "acme-1";
            case BYTES ->
                schema.getLogicalType() instanceof LogicalTypes.Decimal
                        ? ByteBuffer.wrap(
                                new BigDecimal("0.0125").unscaledValue().toByteArray())
                        : ByteBuffer.wrap("bytes".getBytes(StandardCharsets.UTF_8));
            case INT -> 30;
            case LONG -> 1_796_000_000_000L;
            case FLOAT -> 0.5f;
            case DOUBLE -> 0.5;
            case BOOLEAN -> true;
            case NULL -> throw new IllegalArgumentException("nothing to put there");
        };
    }
}
