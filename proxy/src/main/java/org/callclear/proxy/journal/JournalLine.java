package org.callclear.proxy.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.zip.CRC32;
import org.callclear.proxy.call.Attempt;
import org.callclear.proxy.call.AttemptReport;
import org.callclear.proxy.call.GatewayLeg;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.callclear.sip.call.Cause;
import org.jspecify.annotations.Nullable;

/** An entry as text: a CRC-32 of the rest in hex, the kind, and its fields, with blanks between; times in ms. */
final class JournalLine {
    private static final String NONE = "-";

    private JournalLine() {}

    static String write(JournalEntry entry) {
        String body = switch (entry) {
            case JournalEntry.Opened opened -> "O " + attempt(opened.attempt());
            case JournalEntry.Answered answered ->
                "A " + answered.call() + " " + answered.leg() + " " + millis(answered.at());
            case JournalEntry.Reported reported -> "R " + report(reported.report());
            case JournalEntry.Sent sent -> "S " + sent.call() + " " + sent.leg() + " " + millis(sent.at());
            case JournalEntry.Alive alive -> "T " + millis(alive.at());
        };
        return checksum(body) + " " + body + "\n";
    }

    /** The entry, or nothing when the line is not one. */
    static Optional<JournalEntry> read(String line) {
        int blank = line.indexOf(' ');
        if (blank < 0 || !line.substring(0, blank).equals(checksum(line.substring(blank + 1)))) {
            return Optional.empty();
        }
        Deque<String> fields =
                new ArrayDeque<>(Arrays.asList(line.substring(blank + 1).split(" ", -1)));
        try {
            JournalEntry entry = entry(fields);
            return fields.isEmpty() ? Optional.of(entry) : Optional.empty();
        } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
            return Optional.empty();
        }
    }

    private static JournalEntry entry(Deque<String> fields) {
        String kind = fields.pop();
        return switch (kind) {
            case "O" -> new JournalEntry.Opened(readAttempt(fields));
            case "A" -> new JournalEntry.Answered(CallId.parse(fields.pop()), readInt(fields), readInstant(fields));
            case "R" ->
                new JournalEntry.Reported(new AttemptReport(
                        readAttempt(fields),
                        readInstant(fields),
                        readInt(fields),
                        new Cause(readInt(fields)),
                        ReleaseSource.valueOf(fields.pop())));
            case "S" -> new JournalEntry.Sent(CallId.parse(fields.pop()), readInt(fields), readInstant(fields));
            case "T" -> new JournalEntry.Alive(readInstant(fields));
            default -> throw new IllegalArgumentException("no such kind of entry: " + kind);
        };
    }

    private static String report(AttemptReport report) {
        return String.join(
                " ",
                attempt(report.attempt()),
                millis(report.endedAt()),
                Integer.toString(report.status()),
                Integer.toString(report.cause().q850()),
                report.source().name());
    }

    private static String attempt(Attempt attempt) {
        GatewayLeg leg = attempt.gateway();
        return String.join(
                " ",
                attempt.call().toString(),
                Integer.toString(attempt.leg()),
                leg == null ? NONE : leg.gateway().value(),
                leg == null ? NONE : leg.carrier().value(),
                leg == null ? NONE : leg.transactionId().hex(),
                attempt.calling().digits(),
                attempt.called().digits(),
                millis(attempt.setupAt()),
                millis(attempt.answeredAt()));
    }

    private static Attempt readAttempt(Deque<String> fields) {
        CallId call = CallId.parse(fields.pop());
        int leg = readInt(fields);
        String gateway = fields.pop();
        String carrier = fields.pop();
        String transaction = fields.pop();
        GatewayLeg to = leg == 0
                ? null
                : new GatewayLeg(leg, new GatewayId(gateway), new CarrierId(carrier), new TransactionId(transaction));
        E164Number calling = new E164Number(fields.pop());
        E164Number called = new E164Number(fields.pop());
        Instant setupAt = readInstant(fields);
        String answeredAt = fields.pop();
        return new Attempt(call, to, calling, called, setupAt, answeredAt.equals(NONE) ? null : instant(answeredAt));
    }

    private static int readInt(Deque<String> fields) {
        return Integer.parseInt(fields.pop());
    }

    private static Instant readInstant(Deque<String> fields) {
        return instant(fields.pop());
    }

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static String millis(@Nullable Instant at) {
        return at == null ? NONE : Long.toString(at.toEpochMilli());
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
