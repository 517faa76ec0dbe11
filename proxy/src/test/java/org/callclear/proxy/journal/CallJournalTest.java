package org.callclear.proxy.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Random;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallJournalTest {
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private final Random random = new Random(3);

    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void whatIsUnderWayAndUnsentIsThereAfterAKill() throws IOException {
        Attempt cutOff = attempt(1);
        Attempt answered = attempt(2);
        AttemptReport unsent = report(attempt(1));
        AttemptReport safe = report(attempt(1));
        CallJournal journal = CallJournal.open(directory);
        journal.opened(cutOff);
        journal.opened(answered);
        journal.answered(answered.answered(START.plusSeconds(2)));
        for (AttemptReport report : new AttemptReport[] {unsent, safe}) {
            journal.opened(report.attempt());
            journal.reported(report);
        }
        journal.sent(safe);
        journal.alive(START.plusSeconds(9));

        try (CallJournal found = openedAsAfterAKill()) {
            assertThat(found.open()).containsExactly(cutOff, answered.answered(START.plusSeconds(2)));
            assertThat(found.unsent()).containsExactly(unsent);
            assertThat(found.lastKnown()).isEqualTo(START.plusSeconds(9));
        }
        journal.close();
    }

    @Test
    void aCallThatIsAuthorizedIsNoLongerLegZero() throws IOException {
        Attempt first = attempt(1);
        Attempt asked = new Attempt(first.call(), null, first.calling(), first.called(), START, null);
        try (CallJournal journal = CallJournal.open(directory)) {
            journal.opened(asked);
            journal.opened(first);

            assertThat(journal.open()).containsExactly(first);
        }
    }

    @Test
    void aLineCutShortByAKillIsPassedOver() throws IOException {
        Attempt whole = attempt(1);
        try (CallJournal journal = CallJournal.open(directory)) {
            journal.opened(whole);
        }
        Files.writeString(file(), "0badc0de O 0192", StandardOpenOption.APPEND);

        try (CallJournal found = CallJournal.open(directory)) {
            assertThat(found.open()).containsExactly(whole);
        }
    }

    @Test
    void aDamagedLineIsNotPassedOver() throws IOException {
        try (CallJournal journal = CallJournal.open(directory)) {
            journal.opened(attempt(1));
            journal.opened(attempt(1));
        }
        String text = Files.readString(file());
        Files.writeString(file(), text.replaceFirst(" O ", " 0 "));

        assertThatIOException()
                .isThrownBy(() -> CallJournal.open(directory).close())
                .withMessageContaining(file().toString());
        Files.writeString(file(), text);
        CallJournal.open(directory).close(); // A failed opening holds no lock.
    }

    @Test
    void onlyTheOwnerMayReadIt() throws IOException {
        CallJournal.open(directory.resolve("new")).close();

        assertThat(Files.getPosixFilePermissions(directory.resolve("new")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (var files = Files.list(directory.resolve("new"))) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwx-----x", "rwx-w----"})
    void aDirectoryThatOthersMayUseIsRefusedAndLeftAsItIs(String rights) throws IOException {
        Path loose = Files.createDirectory(directory.resolve("loose"));
        Files.setPosixFilePermissions(loose, PosixFilePermissions.fromString(rights));

        assertThatIOException().isThrownBy(() -> CallJournal.open(loose).close());

        assertThat(loose).isEmptyDirectory();
        assertThat(Files.getPosixFilePermissions(loose)).isEqualTo(PosixFilePermissions.fromString(rights));
    }

    @Test
    void aDirectoryThatTheOwnerHasTightenedIsUsed() throws IOException {
        Path tight = Files.createDirectory(directory.resolve("tight"));
        Files.setPosixFilePermissions(tight, PosixFilePermissions.fromString("rwx------"));

        try (CallJournal journal = CallJournal.open(tight)) {
            assertThat(journal.isHealthy()).isTrue();
        }
    }

    @Test
    void twoProxiesCannotShareADirectory() throws IOException {
        try (CallJournal first = CallJournal.open(directory)) {
            assertThat(first.isHealthy()).isTrue();
            assertThatIOException().isThrownBy(() -> CallJournal.open(directory).close());
        }
    }

    @Test
    void aLongLifeDoesNotMakeALongFile() throws IOException {
        Attempt stays = attempt(1);
        try (CallJournal journal = CallJournal.open(directory)) {
            journal.opened(stays);
            for (int i = 0; i < 10_000; i++) {
                AttemptReport report = report(attempt(1));
                journal.opened(report.attempt());
                journal.reported(report);
                journal.sent(report);
            }

            assertThat(Files.size(file())).isLessThan(2 << 20);
        }
        try (CallJournal found = CallJournal.open(directory)) {
            assertThat(found.open()).containsExactly(stays);
            assertThat(found.unsent()).isEmpty();
        }
    }

    /** A lock ends with its process; here the file alone goes to another directory, as it stands. */
    private CallJournal openedAsAfterAKill() throws IOException {
        Path other = Files.createDirectory(
                directory.resolve("after"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.copy(file(), other.resolve("calls.journal"));
        return CallJournal.open(other);
    }

    private Path file() {
        return directory.resolve("calls.journal");
    }

    private Attempt attempt(int leg) {
        GatewayLeg to = new GatewayLeg(
                leg,
                new GatewayId("zenith-1"),
                new CarrierId("zenith"),
                new TransactionId("0123456789abcdef0123456789abcdef"));
        CallId call = CallId.mint(START, random);
        return new Attempt(call, to, new E164Number("15550100001"), new E164Number("442079460001"), START, null);
    }

    private static AttemptReport report(Attempt attempt) {
        return attempt.answered(START.plusSeconds(1))
                .ended(START.plusSeconds(3), 200, Cause.NORMAL, ReleaseSource.CALLER);
    }
}
