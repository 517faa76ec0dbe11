package org.callclear.systemtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.MemoryRegistry;
import org.callclear.settlement.replay.JournalReplay;
import org.callclear.settlement.replay.Wanted;
import org.callclear.settlement.replay.Watcher;
import org.callclear.settlement.stages.RecordSerde;
import org.callclear.settlement.statement.StatementView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Journals that releases wrote, with the statements that they made of them then, replay to the same bytes now. A file is never
 * made again: each release adds one, by {@code -Dcallclear.write-recorded=NAME}.
 */
class RecordedJournalTest {
    private static final Path RECORDED = Path.of("src/test/resources/org/callclear/systemtests/oracle/recorded");
    private static final String ENDING = ".jsonl.gz";
    private static final int CALLS = 400;
    private static final int HEADER = 5;

    @TempDir
    Path directory;

    static List<String> releases() throws IOException {
        try (Stream<Path> files = Files.list(RECORDED)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aReleaseRecordsItsJournal() throws Exception {
        String name = System.getProperty("callclear.write-recorded", "");
        if (!name.isEmpty()) {
            Path file = RECORDED.resolve(name + ENDING);
            Files.createDirectories(RECORDED);
            try (OutputStream out = Files.newOutputStream(file, java.nio.file.StandardOpenOption.CREATE_NEW)) {
                record().write(out);
            }
        }
        assertThat(releases()).isNotEmpty();
    }

    /** What today's job makes of a made-up world. */
    private RecordedJournal record() throws Exception {
        SchemaRegistryClient registry = MemoryRegistry.open();
        List<SpecificRecord> records = Journal.partitioned(
                        MadeUpJournal.of(5, CALLS, false).records(), 1)
                .getFirst();
        Serializer<SpecificRecord> writer = RecordSerde.of(registry).serializer();
        List<byte[]> bytes = records.stream()
                .map(record -> writer.serialize(Topic.SETTLEMENT_JOURNAL.topic(), record))
                .toList();
        Map<Integer, Schema> schemas = new TreeMap<>();
        for (byte[] record : bytes) {
            int id = RecordedJournal.schemaOf(record);
            schemas.put(id, new Schema.Parser().parse(registry.getSchemaById(id).canonicalString()));
        }
        Outcome made = new JobOnTestDriver(registry, directory).settle(List.of(records), 0);
        return new RecordedJournal(schemas, bytes, made.statements());
    }

    @ParameterizedTest
    @MethodSource("releases")
    void aRecordedJournalReplaysToTheStatementsMadeThen(String release) throws Exception {
        RecordedJournal recorded = read(release);
        assertThat(recorded.drafts()).hasSizeGreaterThan(10);
        assertThat(recorded.records()).hasSizeGreaterThan(CALLS);

        assertReplays(recorded);
    }

    @ParameterizedTest
    @MethodSource("releases")
    void aFieldThatALaterReleaseAddsChangesNothing(String release) throws Exception {
        assertReplays(rewritten(read(release), RecordedJournalTest::wider));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void aFieldThatAnEarlierReleaseDidNotHaveIsItsDefault(String release) throws Exception {
        assertReplays(rewritten(read(release), RecordedJournalTest::narrower));
    }

    private static RecordedJournal read(String release) throws IOException {
        try (InputStream in = Files.newInputStream(RECORDED.resolve(release))) {
            return RecordedJournal.read(in);
        }
    }

    private static void assertReplays(RecordedJournal recorded) throws Exception {
        JournalReplay replay = new JournalReplay(
                recorded.journal(), Duration.ofSeconds(MadeUpJournal.DELAY_WHEN_UNSAID), 1, Watcher.NONE);
        for (Map.Entry<String, String> draft : recorded.drafts().entrySet()) {
            byte[] json = draft.getValue().getBytes(StandardCharsets.UTF_8);
            assertThat(new String(
                            replay.statement(Wanted.of(StatementView.of(json))).json(), StandardCharsets.UTF_8))
                    .as(draft.getKey())
                    .isEqualTo(draft.getValue());
        }
    }

    /** The same records by other schemas; some schema must have become another. */
    private static RecordedJournal rewritten(RecordedJournal recorded, BiFunction<Schema, GenericRecord, Schema> other)
            throws IOException {
        Map<Schema, Integer> ids = new HashMap<>();
        recorded.schemas().forEach((id, schema) -> ids.put(schema, id));
        Set<String> changed = new TreeSet<>();
        List<byte[]> records = new ArrayList<>();
        for (byte[] bytes : recorded.records()) {
            Schema schema = Objects.requireNonNull(recorded.schemas().get(RecordedJournal.schemaOf(bytes)));
            GenericRecord record = new GenericDatumReader<GenericRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null));
            Schema next = other.apply(schema, record);
            if (!next.equals(schema)) {
                changed.add(schema.getName());
            }
            int id = ids.computeIfAbsent(next, unknown -> 1_000 + ids.size());
            records.add(bytes(id, next, record));
        }
        assertThat(changed).contains("Grant", "AcceptedCdr");
        Map<Integer, Schema> schemas =
                ids.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
        return new RecordedJournal(schemas, records, recorded.drafts());
    }

    private static byte[] bytes(int id, Schema schema, GenericRecord values) {
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(
                    field.pos(),
                    values.getSchema().getField(field.name()) == null
                            ? GenericData.get().getDefaultValue(field)
                            : values.get(field.name()));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(HEADER).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** With a field that nobody knows yet, first of all: whoever reads by position stumbles. */
    private static Schema wider(Schema schema, GenericRecord record) {
        List<Schema.Field> fields = new ArrayList<>();
        fields.add(new Schema.Field("ofTheFuture", Schema.create(Schema.Type.STRING), "Not known yet.", "as ever"));
        schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    /** Without the fields that have their defaults in that record. */
    private static Schema narrower(Schema schema, GenericRecord record) {
        List<Schema.Field> fields = schema.getFields().stream()
                .filter(field -> !field.hasDefaultValue()
                        || !Objects.equals(GenericData.get().getDefaultValue(field), record.get(field.pos())))
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        return fields.size() == schema.getFields().size()
                        || schema.getName().equals(PeriodBarrier.class.getSimpleName())
                ? schema
                : Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }
}
