package org.callclear.gateways.journal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.callclear.gateways.call.CallFacts;
import org.callclear.gateways.call.Outcome;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.call.TransactionId;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal: a checksum (CRC-32C, eight hex digits) of the rest, a word, and fields with a space between
 * them. No field can hold a space. Instants are milliseconds since 1970.
 */
sealed interface Entry {
    /** The last millisecond of the year 9999. */
    long LAST_MILLI = 253_402_300_799_999L;

    /** {@code OPEN}: a call was let in. */
    record Open(CallFacts facts) implements Entry {}

    /** {@code ANSWERED}. */
    record Answered(TransactionId call, Instant at) implements Entry {}

    /** {@code ENDED}: what its CDR says. */
    record Ended(TransactionId call, Outcome outcome) implements Entry {}

    /** {@code REPORTED}: its CDR is acknowledged. */
    record Reported(TransactionId call) implements Entry {}

    /** {@code ALIVE}: the process lived. */
    record Alive(Instant at) implements Entry {}

    /** The line, with its line feed. */
    default String line() {
        String text = switch (this) {
            case Open o -> "OPEN " + write(o.facts());
            case Answered a -> "ANSWERED " + a.call().hex() + " " + a.at().toEpochMilli();
            case Ended e -> "ENDED " + e.call().hex() + " " + write(e.outcome());
            case Reported r -> "REPORTED " + r.call().hex();
            case Alive a -> "ALIVE " + a.at().toEpochMilli();
        };
        return checksum(text) + " " + text + "\n";
    }

    /** @throws IllegalArgumentException when it is not a line of a journal, with why */
    static Entry parse(String line) {
        int space = line.indexOf(' ');
        if (space < 0 || !checksum(line.substring(space + 1)).equals(line.substring(0, space))) {
            throw new IllegalArgumentException("the checksum does not match");
        }
        String[] f = line.substring(space + 1).split(" ", -1);
        return switch (f[0]) {
            case "OPEN" -> new Open(facts(fields(f, 12)));
            case "ANSWERED" -> new Answered(new TransactionId(fields(f, 3)[1]), instant(f[2]));
            case "ENDED" -> new Ended(new TransactionId(fields(f, 7)[1]), outcome(f));
            case "REPORTED" -> new Reported(new TransactionId(fields(f, 2)[1]));
            case "ALIVE" -> new Alive(instant(fields(f, 2)[1]));
            default -> throw new IllegalArgumentException("unknown word '" + f[0] + "'");
        };
    }

    private static String[] fields(String[] f, int count) {
        if (f.length != count) {
            throw new IllegalArgumentException(f[0] + " has " + f.length + " fields, must have " + count);
        }
        return f;
    }

    private static String write(CallFacts facts) {
        return String.join(
                " ",
                facts.transaction().hex(),
                facts.call().toString(),
                Integer.toString(facts.leg()),
                facts.originating().value(),
                facts.terminating().value(),
                facts.gateway().value(),
                facts.calling().digits(),
                facts.called().digits(),
                facts.proxy(),
                Long.toString(facts.setupAt().toEpochMilli()),
                Long.toString(facts.maxDuration().toSeconds()));
    }

    private static CallFacts facts(String[] f) {
        return new CallFacts(
                CallId.parse(f[2]),
                Integer.parseInt(f[3]),
                new TransactionId(f[1]),
                new CarrierId(f[4]),
                new CarrierId(f[5]),
                new GatewayId(f[6]),
                new E164Number(f[7]),
                new E164Number(f[8]),
                proxy(f[9]),
                instant(f[10]),
                Duration.ofSeconds(Integer.parseInt(f[11])));
    }

    private static String proxy(String name) {
        PartyName.require("proxy", name);
        return name;
    }

    private static String write(Outcome outcome) {
        return String.join(
                " ",
                outcome.answeredAt() == null
                        ? "-"
                        : Long.toString(outcome.answeredAt().toEpochMilli()),
                Long.toString(outcome.endedAt().toEpochMilli()),
                Integer.toString(outcome.sipStatus()),
                Integer.toString(outcome.q850()),
                outcome.source().name());
    }

    private static Outcome outcome(String[] f) {
        @Nullable Instant answeredAt = f[2].equals("-") ? null : instant(f[2]);
        return new Outcome(
                answeredAt, instant(f[3]), Integer.parseInt(f[4]), Integer.parseInt(f[5]), ReleaseSource.valueOf(f[6]));
    }

    private static Instant instant(String millis) {
        long value = Long.parseLong(millis);
        if (value < 0 || value > LAST_MILLI) {
            throw new IllegalArgumentException("the time " + millis + " is not one of the years 1970 to 9999");
        }
        return Instant.ofEpochMilli(value);
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }
}
