package org.callclear.proxy.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.callclear.fuzz.Damage;
import org.callclear.fuzz.Holds;
import org.callclear.fuzz.Scratch;
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

/**
 * The proxy's journal after a disk has damaged it: it is refused, or it says what its whole lines said before the
 * damage, never anything else. Lines with a right checksum, whatever stands in them, are refused or come back as they
 * were.
 */
public final class CallJournalFuzz {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Path FOLDER = Scratch.folder("proxy");
    private static final Path FILE = FOLDER.resolve("calls.journal");
    private static final byte[] GOOD = good();
    private static final List<State> STATES = states();
    private static final int LONGEST = 50_000;

    private CallJournalFuzz() {}

    /** What a journal says. */
    private record State(List<Attempt> open, List<AttemptReport> unsent, Instant lastKnown) {}

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
            CRC32 crc = new CRC32();
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
        }
    }

    private static @org.jspecify.annotations.Nullable State read() {
        try (CallJournal journal = CallJournal.open(FOLDER)) {
            return new State(journal.open(), journal.unsent(), journal.lastKnown());
        } catch (IOException e) {
            Holds.that(
                    String.valueOf(e.getMessage()).contains(FILE + ", line "),
                    () -> "a refusal without a place: " + e.getMessage());
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
            try (CallJournal journal = CallJournal.open(FOLDER)) {
                for (int i = 1; i <= 3; i++) {
                    journal.opened(attempt(i));
                    journal.alive(NOW.plusSeconds(i));
                }
                Attempt one = attempt(1).answered(NOW.plusSeconds(4));
                Attempt two = attempt(2).answered(NOW.plusSeconds(5));
                journal.answered(one);
                journal.answered(two);
                AttemptReport report = two.ended(NOW.plusSeconds(65), 200, new Cause(16), ReleaseSource.GATEWAY);
                journal.reported(report);
                journal.reported(attempt(3).ended(NOW.plusSeconds(66), 486, new Cause(17), ReleaseSource.GATEWAY));
                journal.sent(report);
                journal.alive(NOW.plusSeconds(67));
            }
            return Files.readAllBytes(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Attempt attempt(int i) {
        return new Attempt(
                CallId.parse("0193a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2" + i),
                new GatewayLeg(
                        i,
                        new GatewayId("zenith-gw1"),
                        new CarrierId("zenith"),
                        new TransactionId("0123456789abcdef0123456789abcde" + i)),
                new E164Number("4930123456"),
                new E164Number("442079460000"),
                NOW,
                null);
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
