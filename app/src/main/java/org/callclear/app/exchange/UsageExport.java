package org.callclear.app.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.ExchangeDirection;
import org.callclear.schemas.avro.UsageFile;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.settlement.intake.CdrCheck;

/**
 * Writes what came to a carrier's topic since the last export into a file of the next number, with its audit file, and
 * then notes where it ended. The records stand one partition after the other, each in the order of its log.
 */
public final class UsageExport {
    private static final int MOST_NAMED = 100;

    private final KafkaAccess access;
    private final CarrierId carrier;
    private final Path folder;
    private final RecordDeserializer deserializer;
    private final List<String> skipped = new ArrayList<>();
    private long skippedCount;

    private UsageExport(KafkaAccess access, CarrierId carrier, Path folder) {
        this.access = access;
        this.carrier = carrier;
        this.folder = folder;
        this.deserializer = new RecordDeserializer(access.registry());
    }

    /** What came of it. */
    public sealed interface Result {
        /**
         * The file and its audit file are there.
         *
         * @param skipped places and reasons of records that are not in it, the first hundred
         * @param skippedCount how many records are not in it
         */
        record Exported(UsageFile file, Path path, List<String> skipped, long skippedCount) implements Result {
            public Exported {
                skipped = List.copyOf(skipped);
            }
        }

        /**
         * Nothing came since the last export; nothing was written.
         *
         * @param last the number of the last export; 0 when there was none
         */
        record NothingNew(long last) implements Result {}
    }

    /**
     * Writes the next file.
     *
     * @param access of the party {@code administration}
     * @param folder where to; it is made where it is not there
     * @param empty whether to write a file even when it has no rows
     * @param by who asks
     * @throws ExchangeException when it cannot be read or written; then nothing counts as exported
     */
    public static Result next(
            KafkaAccess access, CarrierId carrier, Path folder, boolean empty, String by, Clock clock) {
        try {
            return new UsageExport(access, carrier, folder).next(empty, by, clock);
        } catch (KafkaException e) {
            throw failed(access, e);
        }
    }

    /**
     * Writes an earlier file again, byte for byte.
     *
     * @param sequence its number
     * @throws ExchangeException when there is no such file, or its records are no longer what they were
     */
    public static Result.Exported again(KafkaAccess access, CarrierId carrier, Path folder, long sequence) {
        try {
            return new UsageExport(access, carrier, folder).again(sequence);
        } catch (KafkaException e) {
            throw failed(access, e);
        }
    }

    private static ExchangeException failed(KafkaAccess access, KafkaException e) {
        return new ExchangeException(
                "usage records cannot be exported from " + access.bootstrapServers() + ": " + e.getMessage(), e);
    }

    private Result next(boolean empty, String by, Clock clock) {
        try (TopicReading reading = openTopic();
                UsageTransaction transaction = UsageTransaction.open(access, "export", carrier)) {
            makeFolder();
            KnownFiles known = UsageFiles.read(access, carrier);
            long last = known.lastExported().map(UsageFile::getSequence).orElse(0L);
            Map<Integer, Long> from = from(known, last, reading);
            Map<Integer, Long> to = reading.committedEnds();
            try (ExportFile file = ExportFile.begin(folder, carrier, last + 1)) {
                copy(reading, from, to, file);
                if (!empty && file.totals().records() == 0 && skippedCount == 0) {
                    return new Result.NothingNew(last);
                }
                AuditFile audit = file.finish();
                UsageFile note = note(audit, to, clock.instant().truncatedTo(ChronoUnit.MILLIS), by);
                transaction.begin();
                transaction.send(note);
                // Whoever was fenced must not touch files that are another's by now.
                transaction.flush();
                file.publish(audit);
                transaction.commit();
                return new Result.Exported(note, file.path(), skipped, skippedCount);
            }
        }
    }

    private Result.Exported again(long sequence) {
        try (TopicReading reading = openTopic()) {
            makeFolder();
            KnownFiles known = UsageFiles.read(access, carrier);
            UsageFile note = known.exported(sequence)
                    .orElseThrow(() -> new ExchangeException(
                            "carrier '" + carrier + "': there was no export with the number " + sequence));
            try (ExportFile file = ExportFile.begin(folder, carrier, sequence)) {
                copy(reading, from(known, sequence - 1, reading), numbered(note.getOffsets()), file);
                AuditFile audit = file.finish();
                if (!audit.sha256().equals(FileDigest.hex(FileDigest.bytes(note.getDigest())))) {
                    throw new ExchangeException(file.path().getFileName()
                            + ": cannot be written again: its records are no longer all on " + Topic.CDRS.of(carrier));
                }
                file.publish(audit);
                return new Result.Exported(note, file.path(), skipped, skippedCount);
            }
        }
    }

    private void makeFolder() {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new ExchangeException(folder + ": is no folder", e);
        } catch (IOException e) {
            throw new ExchangeException(folder + ": cannot be made: " + e, e);
        }
    }

    private TopicReading openTopic() {
        TopicReading reading = TopicReading.open(access, Topic.CDRS.of(carrier));
        if (!reading.exists()) {
            reading.close();
            throw new ExchangeException("carrier '" + carrier + "': there is no such carrier");
        }
        return reading;
    }

    /** Where the export before ended; what the topic no longer has is named. */
    private Map<Integer, Long> from(KnownFiles known, long before, TopicReading reading) {
        Map<Integer, Long> ended =
                known.exported(before).map(file -> numbered(file.getOffsets())).orElse(Map.of());
        Map<Integer, Long> from = new TreeMap<>(reading.beginnings());
        from.replaceAll((partition, beginning) -> {
            long wanted = ended.getOrDefault(partition, 0L);
            if (before > 0 && wanted < beginning) {
                skip(partition, wanted, "and up to " + (beginning - 1) + ": no longer there");
            }
            return Math.max(wanted, beginning);
        });
        return from;
    }

    private static Map<Integer, Long> numbered(Map<String, Long> offsets) {
        Map<Integer, Long> numbered = new TreeMap<>();
        offsets.forEach((partition, offset) -> numbered.put(Integer.valueOf(partition), offset));
        return numbered;
    }

    private void copy(TopicReading reading, Map<Integer, Long> from, Map<Integer, Long> to, ExportFile file) {
        to.forEach((partition, end) -> {
            if (from.getOrDefault(partition, 0L) > end) {
                throw new ExchangeException(Topic.CDRS.of(carrier) + "-" + partition
                        + ": ends before the last export did; was the topic made anew?");
            }
        });
        reading.read(from, to, record -> copy(record, file));
    }

    /** A record is judged by the time it came, so that it is judged the same again. */
    private void copy(ConsumerRecord<String, byte[]> record, ExportFile file) {
        switch (deserializer.read(record.value())) {
            case Reading.Unreadable unreadable -> skip(record.partition(), record.offset(), unreadable.why());
            case Reading.Read read -> {
                if (!(read.value() instanceof CallDetailRecord cdr)) {
                    skip(record.partition(), record.offset(), "is no usage record");
                } else if (CdrCheck.check(carrier.value(), record.key(), cdr, Instant.ofEpochMilli(record.timestamp()))
                        instanceof CdrCheck.Verdict.Unfit unfit) {
                    skip(record.partition(), record.offset(), unfit.field() + ": " + unfit.detail());
                } else {
                    file.write(cdr);
                }
            }
        }
    }

    private void skip(int partition, long offset, String why) {
        skippedCount++;
        if (skipped.size() < MOST_NAMED) {
            skipped.add(Topic.CDRS.of(carrier) + "-" + partition + " offset " + offset + ": " + why);
        }
    }

    private UsageFile note(AuditFile audit, Map<Integer, Long> to, Instant now, String by) {
        Totals totals = audit.totals();
        Map<String, Long> offsets = new TreeMap<>();
        to.forEach((partition, offset) -> offsets.put(Integer.toString(partition), offset));
        return new UsageFile(
                ExchangeDirection.EXPORTED,
                carrier.value(),
                audit.file(),
                ByteBuffer.wrap(HexFormat.of().parseHex(audit.sha256())),
                audit.sequence(),
                totals.records(),
                totals.records(),
                0L,
                skippedCount,
                totals.first(),
                totals.last(),
                totals.talkedMillis().longValueExact(),
                offsets,
                now,
                by);
    }
}
