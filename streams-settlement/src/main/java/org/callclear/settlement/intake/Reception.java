package org.callclear.settlement.intake;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.ClosePeriod;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.jspecify.annotations.Nullable;

/** Looks at one record as it came from Kafka, and says what it is. */
final class Reception {
    private static final Pattern CDRS = Topic.CDRS.pattern();
    /** Whoever commands makes ids far shorter; the id becomes a key and stands in every barrier. */
    private static final int LONGEST_COMMAND_ID = 64;

    private final RecordDeserializer deserializer;
    private final ReferenceView references;
    private final SetAside setAside;

    /** @param references what reports are stamped by */
    Reception(RecordDeserializer deserializer, ReferenceView references, SetAside setAside) {
        this.deserializer = deserializer;
        this.references = references;
        this.setAside = setAside;
    }

    /** What a record is. */
    sealed interface Received {
        /** A report to settle by. */
        record Report(AcceptedCdr cdr) implements Received {}

        /** A command in a form that can be decided on. */
        record Command(ClosePeriod command) implements Received {}

        /** A command that cannot be decided on, and the answer to it. */
        record Malformed(CommandOutcome answer) implements Received {}

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

    private Received sort(ConsumerRecord<byte[], byte[]> record, SpecificRecord value, Instant now) {
        Matcher cdrs = CDRS.matcher(record.topic());
        if (cdrs.matches() && value instanceof CallDetailRecord cdr) {
            return report(record, cdrs.group(1), cdr, now);
        }
        if (record.topic().equals(Topic.COMMANDS.topic()) && value instanceof ClosePeriod command) {
            return command(record, command, now);
        }
        String type = value.getSchema().getName();
        return rejected(record, "WRONG_TYPE", "", type + ": not a record for this topic", now);
    }

    private Received report(ConsumerRecord<byte[], byte[]> record, String reporter, CallDetailRecord cdr, Instant now) {
        return switch (CdrCheck.check(reporter, text(record.key()), cdr, now)) {
            case CdrCheck.Verdict.Unfit unfit -> rejected(record, "INVALID_FIELD", unfit.field(), unfit.detail(), now);
            case CdrCheck.Verdict.Fit fit -> {
                ReferenceView.Revisions revisions = references.inForce(reporter, cdr.getRole());
                yield new Received.Report(AcceptedCdr.newBuilder()
                        .setReporter(reporter)
                        .setCdr(cdr)
                        .setSourceTopic(record.topic())
                        .setSourcePartition(record.partition())
                        .setSourceOffset(record.offset())
                        .setAcceptedAt(now)
                        .setContractRevision(revisions.contract())
                        .setDeckRevision(revisions.deck())
                        .build());
            }
        };
    }

    /** A command under an id too long for an answer's key is answered under the beginning of its id. */
    private Received command(ConsumerRecord<byte[], byte[]> record, ClosePeriod command, Instant now) {
        String id = command.getCommandId();
        if (id.isBlank()) {
            return rejected(record, "INVALID_FIELD", "commandId", "must not be empty", now);
        }
        if (id.length() > LONGEST_COMMAND_ID) {
            String why =
                    "malformed: commandId has " + id.length() + " characters, must be at most " + LONGEST_COMMAND_ID;
            return new Received.Malformed(
                    new CommandOutcome(SetAside.shortened(id, LONGEST_COMMAND_ID), OutcomeKind.REFUSED, why, now));
        }
        return new Received.Command(command);
    }

    private Received rejected(
            ConsumerRecord<byte[], byte[]> record, String reason, String field, String detail, Instant now) {
        return new Received.Rejected(setAside.of(record, reason, field, detail, now));
    }

    private static @Nullable String text(byte @Nullable [] key) {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }
}
