package org.callclear.proxy.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32;
import org.callclear.fuzz.DamagedJournal;
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

/** The proxy's journal after a disk has damaged it. */
public final class CallJournalFuzz {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Path FOLDER = Scratch.folder("proxy");
    private static final Path FILE = FOLDER.resolve("calls.journal");
    private static final DamagedJournal<State> JOURNAL =
            new DamagedJournal<>(FILE, good(), CallJournalFuzz::read, CRC32::new);

    private CallJournalFuzz() {}

    /** What a journal says. */
    private record State(List<Attempt> open, List<AttemptReport> unsent, Instant lastKnown) {}

    /** As {@link DamagedJournal} has it. */
    public static void fuzzerTestOneInput(byte[] data) {
        var unused = JOURNAL.feed(data);
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
}
