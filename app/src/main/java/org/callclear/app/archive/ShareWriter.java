package org.callclear.app.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.topics.Topic;
import org.callclear.tokens.secrets.LooseRightsException;
import org.jspecify.annotations.Nullable;

/**
 * Writes what an archive has of one partition: a file for each schema that its values were written with, and one for what
 * no schema reads. The numbers are hidden on the way.
 */
final class ShareWriter implements AutoCloseable {
    private static final int HEADER = 5;
    private static final int NO_SCHEMA = -1;

    private final RecordSource source;
    private final NumberKeys keys;
    private final Path directory;
    private final String topic;
    private final int partition;
    private final SortedMap<String, String> about;
    private final Map<Integer, Optional<Values>> values = new HashMap<>();
    private final Map<Integer, ArchiveFileWriter> files = new TreeMap<>();
    private final Envelope envelope = new Envelope();
    private final HiddenNumbers numbers = new HiddenNumbers();

    ShareWriter(RecordSource source, NumberKeys keys, Path directory, String period, String topic, int partition) {
        this.source = source;
        this.keys = keys;
        this.directory = directory;
        this.topic = topic;
        this.partition = partition;
        this.about = Envelope.about(topic, partition, period);
    }

    /** How values of one schema are read and written. */
    private record Values(
            Schema schema,
            boolean hasNumbers,
            GenericDatumReader<IndexedRecord> reader,
            GenericDatumWriter<IndexedRecord> writer) {}

    /** Whether a record is a barrier of the journal; if so, which. */
    Optional<PeriodBarrier> barrier(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (!topic.equals(Topic.SETTLEMENT_JOURNAL.topic()) || !isFramed(value)) {
            return Optional.empty();
        }
        Values known = known(id(value)).orElse(null);
        if (known == null || !known.schema().getFullName().equals(PeriodBarrier.class.getName())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SpecificDatumReader<PeriodBarrier>(known.schema(), PeriodBarrier.getClassSchema())
                    .read(null, decoder(value)));
        } catch (IOException | RuntimeException e) {
            throw new ArchiveException(place(record) + ": is no barrier: " + e, e);
        }
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            byte[] value = record.value();
            Values known = isFramed(value) ? known(id(value)).orElse(null) : null;
            byte[] body = known == null ? null : body(record, known);
            if (known == null || body == null) {
                unread(record);
            } else {
                file(id(value), known.schema()).append(record.offset(), envelope.of(record, body));
            }
        } catch (IOException e) {
            throw new ArchiveException(
                    directory + ": cannot be written: " + reason(e) + " (at " + place(record) + ")", e);
        }
    }

    /** In words, though some exceptions have only a file's name for a message. */
    static String reason(IOException e) {
        boolean hasWords = e.getClass() == IOException.class
                || e instanceof LooseRightsException
                || (e instanceof FileSystemException file && file.getReason() != null);
        return hasWords ? String.valueOf(e.getMessage()) : e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    /** The value as it is kept; null when it cannot be kept so that its bytes come out of it again. */
    private byte @Nullable [] body(ConsumerRecord<byte[], byte[]> record, Values known) throws IOException {
        byte[] value = record.value();
        IndexedRecord read;
        try {
            BinaryDecoder decoder = decoder(value);
            read = known.reader().read(null, decoder);
            if (!decoder.isEnd() || !isSame(value, encoded(read, known)) || !isOfCall(record, read)) {
                return null;
            }
        } catch (IOException | RuntimeException e) {
            return null;
        }
        if (!known.hasNumbers()) {
            return Arrays.copyOfRange(value, HEADER, value.length);
        }
        HiddenNumbers.hide(read, record.timestamp(), keys);
        return encoded(read, known);
    }

    private static boolean isSame(byte[] value, byte[] encoded) {
        return Arrays.equals(value, HEADER, value.length, encoded, 0, encoded.length);
    }

    /** What carriers write may have a number where a call id belongs; then all of it is hidden. */
    private boolean isOfCall(ConsumerRecord<byte[], byte[]> record, IndexedRecord read) {
        if (!Topic.CDRS.pattern().matcher(topic).matches()) {
            return true;
        }
        Schema.Field callId = read.getSchema().getField("callId");
        return record.key() != null
                && CallId.isValid(new String(record.key(), StandardCharsets.ISO_8859_1))
                && callId != null
                && CallId.isValid(String.valueOf(read.get(callId.pos())));
    }

    private void unread(ConsumerRecord<byte[], byte[]> record) throws IOException {
        KeyName name = KeyName.of(ArchivedTopics.carrier(topic).orElse(null), null, record.timestamp());
        byte[] key = record.key();
        byte[] value = record.value();
        ByteBuffer kept = envelope.unread(
                record,
                key == null ? null : HiddenNumbers.seal(name, key, keys),
                value == null ? null : HiddenNumbers.seal(name, value, keys));
        file(NO_SCHEMA, null).append(record.offset(), kept);
    }

    /** All that was written, whole and durable. */
    List<Manifest.Content> finish() throws IOException {
        keys.save();
        List<Manifest.Content> contents = new ArrayList<>();
        for (ArchiveFileWriter file : files.values()) {
            contents.add(file.finish());
        }
        contents.sort(Comparator.comparing(Manifest.Content::name));
        return contents;
    }

    private ArchiveFileWriter file(int schemaId, @Nullable Schema schema) throws IOException {
        ArchiveFileWriter file = files.get(schemaId);
        if (file == null) {
            String type = schema == null ? "unread" : schema.getName() + "." + schemaId;
            file = new ArchiveFileWriter(
                    directory.resolve(topic + "." + partition + "." + type + ".avro"), schema, schemaId, about);
            files.put(schemaId, file);
        }
        return file;
    }

    private Optional<Values> known(int id) {
        return values.computeIfAbsent(
                id,
                asked -> source.schema(asked)
                        .filter(schema -> schema.getType() == Schema.Type.RECORD)
                        .map(schema -> new Values(
                                schema,
                                numbers.concern(schema),
                                new GenericDatumReader<>(schema, schema, new GenericData()),
                                new GenericDatumWriter<>(schema, new GenericData()))));
    }

    private static byte[] encoded(IndexedRecord record, Values known) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        known.writer().write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static BinaryDecoder decoder(byte[] value) {
        return DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, null);
    }

    /** Whether a value begins as Confluent's wire format does: a zero, and the id of a schema. */
    private static boolean isFramed(byte @Nullable [] value) {
        return value != null && value.length >= HEADER && value[0] == 0 && id(value) >= 0;
    }

    private static int id(byte[] value) {
        return ByteBuffer.wrap(value, 1, 4).getInt();
    }

    private String place(ConsumerRecord<byte[], byte[]> record) {
        return topic + " partition " + partition + ", offset " + record.offset();
    }

    @Override
    public void close() throws IOException {
        for (ArchiveFileWriter file : files.values()) {
            file.close();
        }
    }
}
