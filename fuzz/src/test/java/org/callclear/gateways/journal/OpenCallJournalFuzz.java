package org.callclear.gateways.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32C;
import org.callclear.fuzz.DamagedJournal;
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

/** The gateway's journal after a disk has damaged it. */
public final class OpenCallJournalFuzz {
    static {
        AvroTrust.establish(); // as the command line does
    }

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Path FILE = Scratch.folder("gateway").resolve("open-calls.journal");
    private static final DamagedJournal<State> JOURNAL =
            new DamagedJournal<>(FILE, good(), OpenCallJournalFuzz::read, CRC32C::new);

    private OpenCallJournalFuzz() {}

    /** What a journal says. */
    private record State(List<OpenCall> calls, Instant mark) {}

    /** As {@link DamagedJournal} has it. */
    public static void fuzzerTestOneInput(byte[] data) {
        State state = JOURNAL.feed(data);
        if (state != null) {
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
}
