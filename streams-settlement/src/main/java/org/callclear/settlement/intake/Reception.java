package org.callclear.settlement.intake;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.ClosePeriod;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.PostNetting;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.jspecify.annotations.Nullable;

/** Looks at one record as it came from Kafka, and says what it is. For one thread. */
final class Reception {
    private static final Pattern CDRS = Topic.CDRS.pattern();
    private static final String NOBODY = "";

    private final RecordDeserializer deserializer;
    private final SetAside setAside;
    private final Map<String, String> reporters = new HashMap<>();

    Reception(RecordDeserializer deserializer, SetAside setAside) {
        this.deserializer = deserializer;
        this.setAside = setAside;
    }

    /** What a record is. */
    sealed interface Received {
        /** A report to settle by. */
        record Report(AcceptedCdr cdr) implements Received {}

        /** A command to close a period, in a form that can be decided on. */
        record Close(ClosePeriod command) implements Received {}

        /** A command that the journal obeys, and the key it stands there under. */
        record ForTheJournal(String key, SpecificRecord command) implements Received {}

        /** A command that cannot be decided on, and the answer to it. */
        record Malformed(CommandOutcome answer) implements Received {}

        /** To be set aside. */
        record Rejected(RejectedRecord record) implements Received {}
    }

    /**
     * What holds while a batch is taken in.
     *
     * @param inForce what reports are stamped by
     * @param open the journal's open periods
     * @param now becomes the records' place in the journal's time
     */
    record Moment(InForce inForce, Openings open, Instant now) {}

    /**
     * Reads and checks.
     *
     * @throws RecordDeserializer.RegistryUnavailableException when it cannot be told yet
     */
    Received receive(ConsumerRecord<byte[], byte[]> record, Moment moment) {
        return switch (deserializer.read(record.value())) {
            case Reading.Unreadable unreadable -> rejected(record, "UNREADABLE", "", unreadable.why(), moment.now());
            case Reading.Read read -> sort(record, read.value(), moment);
        };
    }

    private Received sort(ConsumerRecord<byte[], byte[]> record, SpecificRecord value, Moment moment) {
        String reporter = reporters.computeIfAbsent(record.topic(), Reception::reporter);
        if (!reporter.equals(NOBODY) && value instanceof CallDetailRecord cdr) {
            return report(record, reporter, cdr, moment);
        }
        if (record.topic().equals(Topic.COMMANDS.topic())) {
            return command(record, value, moment);
        }
        return wrongType(record, value, moment);
    }

    private static String reporter(String topic) {
        Matcher cdrs = CDRS.matcher(topic);
        return cdrs.matches() ? cdrs.group(1) : NOBODY;
    }

    private Received report(
            ConsumerRecord<byte[], byte[]> record, String reporter, CallDetailRecord cdr, Moment moment) {
        return switch (CdrCheck.check(reporter, text(record.key()), cdr, moment.now())) {
            case CdrCheck.Verdict.Unfit unfit ->
                rejected(record, unfit.reason(), unfit.field(), unfit.detail(), moment.now());
            case CdrCheck.Verdict.Fit fit ->
                new Received.Report(Stamping.stamped(moment.inForce(), reporter, cdr, record, moment.now()));
        };
    }

    private Received command(ConsumerRecord<byte[], byte[]> record, SpecificRecord value, Moment moment) {
        return switch (value) {
            case ClosePeriod close ->
                checked(record, close.getCommandId(), CommandCheck.of(close), new Received.Close(close), moment);
            case ResolveDispute resolve ->
                checked(
                        record,
                        resolve.getCommandId(),
                        CommandCheck.of(resolve),
                        new Received.ForTheJournal(resolve.getCallId(), resolve),
                        moment);
            case RerateCall rerate ->
                checked(
                        record,
                        rerate.getCommandId(),
                        CommandCheck.of(rerate, moment.open()),
                        new Received.ForTheJournal(rerate.getCallId(), rerate),
                        moment);
            case PostNetting netting ->
                checked(
                        record,
                        netting.getCommandId(),
                        CommandCheck.of(netting, moment.inForce()),
                        new Received.ForTheJournal(netting.getCurrency(), netting),
                        moment);
            default -> wrongType(record, value, moment);
        };
    }

    /** A command under an id too long for an answer's key is answered under the beginning of its id. */
    private Received checked(
            ConsumerRecord<byte[], byte[]> record, String id, List<String> faults, Received sound, Moment moment) {
        if (id.isBlank()) {
            return rejected(record, "INVALID_FIELD", "commandId", "must not be empty", moment.now());
        }
        if (!CommandCheck.isId(id)) {
            String why = "commandId has " + id.length() + " characters, must be at most " + CommandCheck.LONGEST_ID;
            return malformed(SetAside.shortened(id, CommandCheck.LONGEST_ID), List.of(why), moment);
        }
        return faults.isEmpty() ? sound : malformed(id, faults, moment);
    }

    private static Received malformed(String id, List<String> faults, Moment moment) {
        return new Received.Malformed(
                new CommandOutcome(id, OutcomeKind.REFUSED, CommandCheck.answer(faults), moment.now()));
    }

    private Received wrongType(ConsumerRecord<byte[], byte[]> record, SpecificRecord value, Moment moment) {
        String type = value.getSchema().getName();
        return rejected(record, "WRONG_TYPE", "", type + ": not a record for this topic", moment.now());
    }

    private Received rejected(
            ConsumerRecord<byte[], byte[]> record, String reason, String field, String detail, Instant now) {
        return new Received.Rejected(setAside.of(record, reason, field, detail, now));
    }

    private static @Nullable String text(byte @Nullable [] key) {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }
}
