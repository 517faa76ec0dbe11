package org.callclear.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.callclear.schemas.avro.AuthorizationDenied;
import org.callclear.schemas.avro.AuthorizationGranted;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.avro.PartyStatus;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.SetupCancelled;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireFormatTest {
    private final SchemaRegistryClient registry = new MockSchemaRegistryClient(List.of(new AvroSchemaProvider()));
    private final RecordSerializer serializer = new RecordSerializer(registry);
    private final RecordDeserializer deserializer = new RecordDeserializer(registry);
    private final Carrier acme = Carrier.newBuilder()
            .setId("acme")
            .setName("Acme Telecom")
            .setStatus(PartyStatus.ACTIVE)
            .setRevision(3)
            .build();
    private int carrierSchema;

    @BeforeEach
    void register() throws Exception {
        carrierSchema =
                registry.register("org.callclear.schemas.avro.Carrier", new AvroSchema(Carrier.getClassSchema()));
    }

    @Test
    void aRecordTravelsAsAZeroByteTheSchemaIdAndAvroThatAnybodyCanRead() throws Exception {
        byte[] bytes = serializer.serialize("carriers", acme);

        assertThat(bytes[0]).isZero();
        assertThat(ByteBuffer.wrap(bytes, 1, 4).getInt()).isEqualTo(carrierSchema);
        GenericData.Record foreign = new GenericDatumReader<GenericData.Record>(Carrier.getClassSchema())
                .read(null, DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null));
        assertThat(foreign.get("id")).hasToString("acme");
    }

    @Test
    void aRecordComesBackAsItWent() {
        assertThat(deserializer.deserialize("carriers", serializer.serialize("carriers", acme)))
                .isEqualTo(acme);
    }

    @Test
    void aRecordOfAnOlderSchemaIsReadWithTheNewOnesDefaults() throws Exception {
        Schema older = SchemaBuilder.record("SetupCancelled")
                .namespace("org.callclear.schemas.avro")
                .fields()
                .requiredString("callId")
                .requiredString("transactionId")
                .requiredInt("q850Cause")
                .name("at")
                .type(SetupCancelled.getClassSchema().getField("at").schema())
                .noDefault()
                .requiredString("gone")
                .endRecord();
        int id = registry.register("org.callclear.schemas.avro.SetupCancelled", new AvroSchema(older));
        GenericData.Record record = new GenericData.Record(older);
        record.put("callId", "c");
        record.put("transactionId", "t");
        record.put("q850Cause", 16);
        record.put("at", 1_000L);
        record.put("gone", "x");

        Reading reading = deserializer.read(TestBytes.confluent(id, older, record));

        assertThat(reading).isEqualTo(new Reading.Read(new SetupCancelled("c", "t", 16, Instant.ofEpochMilli(1_000))));
    }

    /** A party that was not upgraded yet hears of a limit: it does not know the reason, but the status still holds. */
    @Test
    void aReaderThatDoesNotKnowAReasonForANoReadsTheNoAllTheSame() throws Exception {
        AuthorizationDenied denied = new AuthorizationDenied(
                "c", "p", Instant.ofEpochMilli(1_000), DenialReason.LIMIT_COST, 403, 21, "d", 0);
        Schema now = AuthorizationDenied.getClassSchema();
        Schema older = new Schema.Parser()
                .parse(now.toString().replace(",\"LIMIT_CALL_RATE\",\"LIMIT_CONCURRENT_CALLS\",\"LIMIT_COST\"", ""));
        byte[] bytes = denied.toByteBuffer().array();
        int singleObjectHeader = 10;
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(bytes, singleObjectHeader, bytes.length - singleObjectHeader, null);

        GenericRecord heard = new GenericDatumReader<GenericRecord>(now, older).read(null, decoder);

        assertThat(older.getField("reason").schema().getEnumSymbols()).doesNotContain("LIMIT_COST");
        assertThat(heard.get("reason")).hasToString("UNKNOWN_REASON");
        assertThat(heard.get("sipStatus")).isEqualTo(403);
    }

    @Test
    void anUnregisteredSchemaIsNotWritten() {
        SetupCancelled cancel = new SetupCancelled("c", "t", 16, Instant.EPOCH);

        assertThatThrownBy(() -> serializer.serialize("any", cancel)).isInstanceOf(SerializationException.class);
    }

    @Test
    void whatIsNotARecordIsAnAnswerAndNeverAnException() {
        byte[] good = serializer.serialize("carriers", acme);
        byte[] tooLong = Arrays.copyOf(good, good.length + 1);
        byte[] unknownSchema = good.clone();
        unknownSchema[1] = 0x7f;

        assertThat(List.of(new byte[0], new byte[] {1, 2, 3}, tooLong, unknownSchema, Arrays.copyOf(good, 8)))
                .allSatisfy(bytes -> assertThat(deserializer.read(bytes)).isInstanceOf(Reading.Unreadable.class));
        assertThat(deserializer.read(null)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void randomBytesBehindAGoodHeaderNeverThrow() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] good = serializer.serialize("carriers", acme);

        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Arrays.copyOf(good, 5 + random.nextInt(60));
            for (int i = 5; i < bytes.length; i++) {
                bytes[i] = (byte) random.nextInt();
            }
            assertThat(deserializer.read(bytes))
                    .as("seed %d round %d", seed, round)
                    .isNotNull();
        }
    }

    @Test
    void aClaimOfABillionRoutesIsRefusedBeforeMemoryIsTaken() throws Exception {
        Schema schema = AuthorizationGranted.getClassSchema();
        int id = registry.register(schema.getFullName(), new AvroSchema(schema));
        byte[] callProxyAndTime = {0, 0, 0};
        byte[] aBillion = {(byte) 0x80, (byte) 0xa8, (byte) 0xd6, (byte) 0xb9, 0x07};
        byte[] bytes = ByteBuffer.allocate(13)
                .put((byte) 0)
                .putInt(id)
                .put(callProxyAndTime)
                .put(aBillion)
                .array();

        assertThat(deserializer.read(bytes)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void anAmountOfMoreDigitsThanItsSchemaPromisesIsRefusedAndOneOfAsManyIsNot() throws Exception {
        Schema schema = RateRow.getClassSchema();
        int id = registry.register(schema.getFullName(), new AvroSchema(schema));
        GenericData.Record row = new GenericData.Record(schema);
        row.put("prefix", "44");
        row.put("destination", "United Kingdom");
        row.put("initialSeconds", 30);
        row.put("incrementSeconds", 6);
        row.put("connectFee", ByteBuffer.wrap(new byte[1]));
        row.put("validFrom", 0L);
        row.put("status", new GenericData.EnumSymbol(schema.getField("status").schema(), "ACTIVE_RATE"));

        row.put(
                "ratePerMinute",
                ByteBuffer.wrap(BigInteger.TEN.pow(18).subtract(BigInteger.ONE).toByteArray()));
        Reading longest = deserializer.read(TestBytes.confluent(id, schema, row));
        row.put("ratePerMinute", ByteBuffer.wrap(BigInteger.TEN.pow(18).toByteArray()));
        Reading longer = deserializer.read(TestBytes.confluent(id, schema, row));
        row.put("ratePerMinute", ByteBuffer.wrap(BigInteger.TWO.pow(800_000).toByteArray()));
        Reading endless = deserializer.read(TestBytes.confluent(id, schema, row));

        assertThat(longest).isInstanceOf(Reading.Read.class);
        assertThat(longer).isInstanceOf(Reading.Unreadable.class);
        assertThat(endless).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void aTombstoneStaysATombstone() {
        assertThat(serializer.serialize("carriers", null)).isNull();
        assertThat(deserializer.deserialize("carriers", null)).isNull();
    }

    @Test
    void threadsShareReadersAndWritersAlsoWhenAnotherReadsWhatIsBroken() throws Exception {
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int first = thread * 1_000;
            work.add(() -> IntStream.range(first, first + 1_000).allMatch(this::comesBack));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Boolean> same : threads.invokeAll(work)) {
                assertThat(same.get()).isTrue();
            }
        }
    }

    /** Before each sound record one that ends in the middle. */
    private boolean comesBack(int number) {
        Carrier carrier =
                Carrier.newBuilder(acme).setId("c" + number).setRevision(number).build();
        byte[] bytes = serializer.serialize("carriers", carrier);
        boolean broken = deserializer.read(Arrays.copyOf(bytes, bytes.length / 2)) instanceof Reading.Unreadable;
        return broken && deserializer.deserialize("carriers", bytes).equals(carrier);
    }
}
