package org.callclear.gateways.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.callclear.gateways.call.CallFacts;
import org.callclear.gateways.call.Outcome;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenCallJournalTest {
    private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("open-calls.journal");
    }

    @Test
    void aCallUpWhenTheProcessDiedEndedAtTheLastMark() {
        CallFacts facts = call(1);
        OpenCallJournal journal = OpenCallJournal.open(file);
        journal.opened(facts);
        journal.answered(facts.transaction(), T0.plusSeconds(2));
        journal.mark(T0.plusSeconds(20));

        OpenCallJournal next = OpenCallJournal.open(file); // not closed: the process was killed

        assertThat(next.openCalls()).containsExactly(new OpenCall(facts, T0.plusSeconds(2), null));
        assertThat(next.openCalls().getFirst().outcomeAt(next.lastMark()))
                .isEqualTo(new Outcome(T0.plusSeconds(2), T0.plusSeconds(20), 200, 41, ReleaseSource.GATEWAY));
    }

    @Test
    void aCallAnsweredAfterTheLastMarkEndedAtItsAnswer() {
        CallFacts facts = call(1);
        OpenCallJournal journal = OpenCallJournal.open(file);
        journal.opened(facts);
        journal.mark(T0.plusSeconds(1));
        journal.answered(facts.transaction(), T0.plusSeconds(2));

        OpenCallJournal next = OpenCallJournal.open(file);

        assertThat(next.openCalls().getFirst().outcomeAt(next.lastMark()).endedAt())
                .isEqualTo(T0.plusSeconds(2));
    }

    @Test
    void noCallIsReportedLongerThanItsTokenAllowed() {
        CallFacts facts = call(1);
        OpenCallJournal journal = OpenCallJournal.open(file);
        journal.opened(facts);
        journal.answered(facts.transaction(), T0.plusSeconds(2));

        Outcome outcome = journal.openCalls().getFirst().outcomeAt(T0.plusSeconds(1000));

        assertThat(outcome.endedAt()).isEqualTo(T0.plusSeconds(2).plus(facts.maxDuration()));
    }

    @Test
    void aCallNeverAnsweredIsReportedAsFailed() {
        OpenCallJournal journal = OpenCallJournal.open(file);
        journal.opened(call(1));

        Outcome outcome = journal.openCalls().getFirst().outcomeAt(T0.plusSeconds(5));

        assertThat(outcome).isEqualTo(new Outcome(null, T0.plusSeconds(5), 503, 41, ReleaseSource.GATEWAY));
    }

    @Test
    void anEndWhoseReportIsNotAcknowledgedIsFoundAsItWas() {
        CallFacts facts = call(1);
        Outcome outcome = new Outcome(T0.plusSeconds(1), T0.plusSeconds(3), 200, 16, ReleaseSource.CALLED);
        OpenCallJournal journal = OpenCallJournal.open(file);
        journal.opened(facts);
        journal.ended(facts.transaction(), outcome);

        OpenCallJournal next = OpenCallJournal.open(file);

        assertThat(next.openCalls().getFirst().outcomeAt(T0.plusSeconds(999))).isEqualTo(outcome);
    }

    @Test
    void aReportedCallIsGone() {
        CallFacts facts = call(1);
        OpenCallJournal journal = OpenCallJournal.open(file);
        journal.opened(facts);
        journal.opened(call(2));
        journal.reported(facts.transaction());

        assertThat(OpenCallJournal.open(file).openCalls())
                .extracting(OpenCall::facts)
                .containsExactly(call(2));
    }

    @Test
    void aTornLastLineIsCutOffWhereverItTore() throws IOException {
        OpenCallJournal journal = OpenCallJournal.open(file);
        journal.opened(call(1));
        journal.opened(call(2));
        byte[] whole = Files.readAllBytes(file);
        String text = Files.readString(file);
        int lastLine = text.length() - text.lastIndexOf('\n', text.length() - 2) - 1;

        for (int torn = 1; torn <= lastLine; torn++) {
            Files.write(file, Arrays.copyOf(whole, whole.length - torn));

            List<OpenCall> found = OpenCallJournal.open(file).openCalls();

            assertThat(found)
                    .as("cut off %s bytes", torn)
                    .extracting(OpenCall::facts)
                    .containsExactly(call(1));
        }
    }

    @Test
    void aLineThatChangedStopsTheStartAndIsNotTouched() throws IOException {
        OpenCallJournal journal = OpenCallJournal.open(file);
        journal.opened(call(1));
        journal.opened(call(2));
        String changed = Files.readString(file).replaceFirst("35315550100", "35315550101");
        Files.writeString(file, changed);

        assertThatThrownBy(() -> OpenCallJournal.open(file)).isInstanceOf(JournalCorruptException.class);
        assertThat(file).hasContent(changed);
    }

    @Test
    void anyByteChangedInAWholeLineIsNoticed() throws IOException {
        OpenCallJournal journal = OpenCallJournal.open(file);
        journal.opened(call(1));
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length - 1; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(file, changed);

            assertThatThrownBy(() -> OpenCallJournal.open(file))
                    .as("byte %s", at)
                    .isInstanceOf(JournalCorruptException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALIVE 1796212866000 5",
                "ALIVE -1",
                "ALIVE 9223372036854775807",
                "OPEN 0123456789abcdef0123456789abcdef 0193a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b 1 acme zenith zenith-gw1"
                        + " 4930123456 442079460000 acme-proxy1 1796212800000 9223372036854775807",
                "OPEN 0123456789abcdef0123456789abcdef 0193a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b 1 acme zenith zenith-gw1"
                        + " 4930123456 442079460000 acme-proxy\u00ac1 1796212800000 7200"
            })
    void aLineThatWeDoNotWriteIsNotedAlsoWhenItsChecksumIsRight(String text) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        Files.writeString(file, "%08x %s\n".formatted(crc.getValue(), text), StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> OpenCallJournal.open(file)).isInstanceOf(JournalCorruptException.class);
    }

    @Test
    void theFileIsItsOwnersAlone() throws IOException {
        OpenCallJournal.open(file).opened(call(1));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void theFileStaysSmallAndKeepsWhatIsOpen() throws IOException {
        OpenCallJournal journal = OpenCallJournal.open(file);
        journal.opened(call(999_999));
        for (int i = 0; i < 20_000; i++) {
            journal.opened(call(i));
            journal.reported(call(i).transaction());
        }

        assertThat(Files.readAllLines(file)).hasSizeLessThan(5_000);
        assertThat(OpenCallJournal.open(file).openCalls())
                .extracting(OpenCall::facts)
                .containsExactly(call(999_999));
    }

    @Test
    void nothingIsWrittenWhileNoCallIsOpen() throws IOException {
        OpenCallJournal journal = OpenCallJournal.open(file);
        long before = Files.size(file);

        journal.mark(T0);

        assertThat(Files.size(file)).isEqualTo(before);
    }

    @Test
    void garbageInTheFileStopsTheStart() throws IOException {
        Files.writeString(file, "hello\n", StandardOpenOption.CREATE);

        assertThatThrownBy(() -> OpenCallJournal.open(file)).isInstanceOf(JournalCorruptException.class);
    }

    private static CallFacts call(int number) {
        return new CallFacts(
                CallId.parse("019ab2c3-0000-7000-8000-%012x".formatted(number)),
                1,
                new TransactionId("%032x".formatted(number)),
                new CarrierId("acme"),
                new CarrierId("zenith"),
                new GatewayId("zenith-1"),
                new E164Number("4420700001"),
                new E164Number("35315550100"),
                "p1",
                T0,
                Duration.ofSeconds(90));
    }
}
