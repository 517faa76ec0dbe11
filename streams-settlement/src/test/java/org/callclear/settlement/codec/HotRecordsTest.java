package org.callclear.settlement.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.SettlementFile;
import org.callclear.schemas.wire.AvroTrust;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read and written by hand, beside Avro's own reader and writer, for any content the schemas allow. */
class HotRecordsTest {
    private static final int CASES = 500;

    private final HotRecords hot = new HotRecords();

    @BeforeAll
    static void trust() {
        AvroTrust.establish();
    }

    static Stream<Schema> read() {
        return Stream.of(Grant.getClassSchema(), AcceptedCdr.getClassSchema(), SettlementFile.getClassSchema());
    }

    static Stream<Schema> written() {
        return Stream.of(
                LedgerEntry.getClassSchema(), ReconciledCall.getClassSchema(), SettlementFile.getClassSchema());
    }

    @ParameterizedTest
    @MethodSource("read")
    void whatAvroWritesIsReadTheSame(Schema schema) {
        for (int seed = 0; seed < CASES; seed++) {
            SpecificRecord record = any(schema, new Random(seed));

            assertThat(hot.read(schema, avro(record), 0)).as("seed %d", seed).isEqualTo(record);
        }
    }

    @ParameterizedTest
    @MethodSource("written")
    void whatIsWrittenIsWhatAvroWrites(Schema schema) {
        byte[] head = {0, 1, 2, 3, 4};
        for (int seed = 0; seed < CASES; seed++) {
            SpecificRecord record = any(schema, new Random(seed));

            byte[] written = hot.write(head, record);

            assertThat(Arrays.copyOf(written, head.length)).isEqualTo(head);
            assertThat(Arrays.copyOfRange(written, head.length, written.length))
                    .as("seed %d", seed)
                    .isEqualTo(avro(record));
        }
    }

    @ParameterizedTest
    @MethodSource("read")
    void whatIsCutOffOrTooLongIsRefused(Schema schema) {
        byte[] whole = avro(any(schema, new Random(1)));

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> hot.read(schema, cut, 0)).isInstanceOf(IllegalArgumentException.class);
        }
        byte[] more = Arrays.copyOf(whole, whole.length + 1);
        assertThatThrownBy(() -> hot.read(schema, more, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("read")
    void noiseIsRefusedOrReadButNeverAnythingElse(Schema schema) {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            byte[] noisy = avro(any(schema, random));
            noisy[random.nextInt(noisy.length)] = (byte) random.nextInt();
            try {
                assertThat(hot.read(schema, noisy, 0)).isNotNull();
            } catch (IllegalArgumentException refused) {
                assertThat(refused).as("seed %d", seed).hasMessageMatching("(?s).+");
            }
        }
    }

    private static byte[] avro(SpecificRecord record) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static SpecificRecord any(Schema schema, Random random) {
        SpecificRecordBase record =
                (SpecificRecordBase) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), value(field.schema(), random));
        }
        return record;
    }

    private static @Nullable Object value(Schema schema, Random random) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return new BigDecimal(
                            new BigInteger(random.nextInt(3 * decimal.getPrecision()), random), decimal.getScale())
                    .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));
        }
        if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
            return Instant.ofEpochMilli(random.nextLong() >> 20);
        }
        return switch (schema.getType()) {
            case RECORD -> any(schema, random);
            case UNION -> random.nextBoolean() ? null : value(schema.getTypes().get(1), random);
            case ARRAY -> list(schema.getElementType(), random);
            case ENUM -> constant(schema, random);
            case STRING -> text(random);
            case BYTES -> ByteBuffer.wrap(text(random).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            case LONG -> random.nextLong() >> random.nextInt(64);
            case INT -> random.nextInt() >> random.nextInt(32);
            case BOOLEAN -> random.nextBoolean();
            default -> throw new AssertionError(schema);
        };
    }

    private static Object constant(Schema schema, Random random) {
        Object[] constants = SpecificData.get().getClass(schema).getEnumConstants();
        return constants[random.nextInt(constants.length)];
    }

    private static List<@Nullable Object> list(Schema element, Random random) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(value(element, random));
        }
        return list;
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(20), 1, 0xd7ff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
