package org.callclear.gateways.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.callclear.fuzz.Damage;
import org.callclear.fuzz.Holds;
import org.callclear.fuzz.Scratch;
import org.callclear.gateways.call.CallFacts;
import org.callclear.gateways.call.Outcome;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.callclear.schemas.wire.AvroTrust;

/**
 * The gateway's journal after a disk has damaged it: it is refused, or it says what its whole lines said before the
 * damage, never anything else. Lines with a right checksum, whatever stands in them, are refused or come back as they
 * were.
 */
public final class OpenCallJournalFuzz {
    static {
        AvroTrust.establish(); // as the command line does
    }

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Path FILE = Scratch.folder("gateway").resolve("open-calls.journal");
    private static final byte[] GOOD = good();
    private static final List<State> STATES = states();
    private static final int LONGEST = 50_000;

    private OpenCallJournalFuzz() {}

    /** What a journal says. */
    private record State(List<OpenCall> calls, Instant mark) {}

    /** The damage; or, when the first byte is 255, lines that get the checksum they should have. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length > 0 && data[0] == (byte) 0xFF) {
            checkSigned(Arrays.copyOfRange(data, 1, Math.min(data.length, LONGEST)));
            return;
        }
        Damage.Damaged damaged = Damage.of(data, GOOD);
        Scratch.write(FILE, damaged.file());
        State state = read();
        switch (damaged.kind()) {
            case NONE -> Holds.same(STATES.getLast(), state, "an undamaged journal");
            case TORN, ZEROED -> Holds.same(STATES.get(lines(damaged.file())), state, "a torn journal");
            case FLIPPED, LOST, DOUBLED ->
                // Lines lost or doubled whole leave a journal in good order, which no checksum of a line can tell.
                Holds.that(
                        state == null || STATES.contains(state) || hasOnlyOurLines(damaged.file()),
                        () -> damaged.kind() + " at " + damaged.at() + " gave " + state);
        }
    }

    private static boolean hasOnlyOurLines(byte[] file) {
        List<String> ours =
                new String(GOOD, StandardCharsets.ISO_8859_1).lines().toList();
        String text = new String(file, StandardCharsets.ISO_8859_1);
        return ours.containsAll(
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList());
    }

    private static void checkSigned(byte[] bodies) {
        StringBuilder text = new StringBuilder();
        new String(bodies, StandardCharsets.ISO_8859_1).lines().forEach(body -> {
            CRC32C crc = new CRC32C();
            crc.update(body.getBytes(StandardCharsets.UTF_8));
            text.append("%08x".formatted(crc.getValue()))
                    .append(' ')
                    .append(body)
                    .append('\n');
        });
        Scratch.write(FILE, text.toString().getBytes(StandardCharsets.ISO_8859_1));
        State state = read();
        if (state != null) {
            Holds.same(state, read(), "a journal opened twice");
            state.calls().forEach(call -> {
                Outcome outcome = call.outcomeAt(state.mark());
                Holds.that(
                        outcome.cdr(call.facts())
                                .getCallId()
                                .equals(call.facts().call().toString()),
                        "a CDR");
            });
        }
    }

    private static @org.jspecify.annotations.Nullable State read() {
        try (OpenCallJournal journal = OpenCallJournal.open(FILE)) {
            return new State(journal.openCalls(), journal.lastMark());
        } catch (JournalCorruptException e) {
            Holds.that(String.valueOf(e.getMessage()).contains(FILE + " line "), "a refusal without a place");
            return null;
        }
    }

    private static int lines(byte[] file) {
        int lines = 0;
        for (byte b : file) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines;
    }

    private static byte[] good() {
        try {
            Files.deleteIfExists(FILE);
            try (OpenCallJournal journal = OpenCallJournal.open(FILE)) {
                for (int i = 1; i <= 3; i++) {
                    journal.opened(facts(i));
                    journal.mark(NOW.plusSeconds(i));
                }
                journal.answered(facts(1).transaction(), NOW.plusSeconds(4));
                journal.answered(facts(2).transaction(), NOW.plusSeconds(5));
                journal.ended(
                        facts(2).transaction(),
                        new Outcome(NOW.plusSeconds(5), NOW.plusSeconds(65), 200, 16, ReleaseSource.GATEWAY));
                journal.mark(NOW.plusSeconds(66));
                journal.ended(
                        facts(3).transaction(), new Outcome(null, NOW.plusSeconds(70), 486, 17, ReleaseSource.GATEWAY));
                journal.reported(facts(2).transaction());
            }
            return Files.readAllBytes(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CallFacts facts(int i) {
        return new CallFacts(
                CallId.parse("0193a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2" + i),
                1,
                new TransactionId("0123456789abcdef0123456789abcde" + i),
                new CarrierId("acme"),
                new CarrierId("zenith"),
                new GatewayId("zenith-gw1"),
                new E164Number("4930123456"),
                new E164Number("442079460000"),
                "acme-proxy1",
                NOW,
                Duration.ofHours(2));
    }

    /** What the first so many lines say. */
    private static List<State> states() {
        List<State> states = new ArrayList<>();
        String text = new String(GOOD, StandardCharsets.ISO_8859_1);
        for (int end = 0; end >= 0; end = text.indexOf('\n', end) < 0 ? -1 : text.indexOf('\n', end) + 1) {
            Scratch.write(FILE, text.substring(0, end).getBytes(StandardCharsets.ISO_8859_1));
            State state = read();
            if (state == null) {
                throw new AssertionError("a good journal is refused");
            }
            states.add(state);
        }
        return states;
    }
}
