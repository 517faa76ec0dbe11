package org.callclear.settlement.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.ClosePeriod;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.jspecify.annotations.Nullable;

/** Looks at one record as it came from Kafka, and says what it is. */
final class Reception {
    private static final Pattern CDRS = Topic.CDRS.pattern();
    /** A rejected record has to fit into a Kafka message with all that is said about it. */
    private static final int MOST_BYTES = 900_000;

    private final RecordDeserializer deserializer;

    Reception(RecordDeserializer deserializer) {
        this.deserializer = deserializer;
    }

    /** What a record is. */
    sealed interface Received {
        /** A report to settle by. */
        record Report(AcceptedCdr cdr) implements Received {}

        /** A command in a form that can be decided on. */
        record Command(ClosePeriod command) implements Received {}

        /** To be set aside. */
        record Rejected(RejectedRecord record) implements Received {}
    }

    /**
     * Reads and checks.
     *
     * @param now becomes the record's place in the journal's time
     * @throws RecordDeserializer.RegistryUnavailableException when it cannot be told yet
     */
    Received receive(ConsumerRecord<byte[], byte[]> record, Instant now) {
        return switch (deserializer.read(record.value())) {
            case Reading.Unreadable unreadable -> rejected(record, "UNREADABLE", "", unreadable.why(), now);
            case Reading.Read read -> sort(record, read.value(), now);
        };
    }

    private static Received sort(ConsumerRecord<byte[], byte[]> record, SpecificRecord value, Instant now) {
        Matcher cdrs = CDRS.matcher(record.topic());
        if (cdrs.matches() && value instanceof CallDetailRecord cdr) {
            return report(record, cdrs.group(1), cdr, now);
        }
        if (record.topic().equals(Topic.COMMANDS.topic()) && value instanceof ClosePeriod command) {
            return command.getCommandId().isBlank()
                    ? rejected(record, "INVALID_FIELD", "commandId", "must not be empty", now)
                    : new Received.Command(command);
        }
        String type = value.getSchema().getName();
        return rejected(record, "WRONG_TYPE", "", type + ": not a record for this topic", now);
    }

    private static Received report(
            ConsumerRecord<byte[], byte[]> record, String reporter, CallDetailRecord cdr, Instant now) {
        return switch (CdrCheck.check(reporter, text(record.key()), cdr, now)) {
            case CdrCheck.Verdict.Unfit unfit -> rejected(record, "INVALID_FIELD", unfit.field(), unfit.detail(), now);
            case CdrCheck.Verdict.Fit fit ->
                new Received.Report(new AcceptedCdr(
                        reporter, cdr, record.topic(), record.partition(), record.offset(), now, 0L, 0L));
        };
    }

    private static Received rejected(
            ConsumerRecord<byte[], byte[]> record, String reason, String field, String detail, Instant now) {
        byte[] value = record.value();
        boolean tooLong = value != null && value.length > MOST_BYTES;
        String cut = tooLong ? "; its first " + MOST_BYTES + " of " + value.length + " bytes are kept here" : "";
        return new Received.Rejected(new RejectedRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                buffer(record.key()),
                buffer(value),
                reason,
                field,
                detail + cut,
                now));
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        return ByteBuffer.wrap(bytes.length > MOST_BYTES ? Arrays.copyOf(bytes, MOST_BYTES) : bytes);
    }

    private static @Nullable String text(byte @Nullable [] key) {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }
}
