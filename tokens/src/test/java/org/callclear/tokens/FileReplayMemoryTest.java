package org.callclear.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.callclear.schemas.call.TransactionId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReplayMemoryTest {
    private static final TransactionId ID = id(1);
    private final SetClock clock = new SetClock();
    private final Instant expires = Samples.NOW.plusSeconds(60);

    @TempDir
    Path temporary;

    private Path directory = Path.of("");

    @BeforeEach
    void name() {
        directory = temporary.resolve("replays");
    }

    @Test
    void aTokenIsNewOnce() {
        try (var memory = FileReplayMemory.open(directory, clock)) {
            assertThat(memory.firstSight(ID, expires)).isTrue();
            assertThat(memory.firstSight(ID, expires)).isFalse();
            assertThat(memory.firstSight(ID, expires.plusSeconds(3000))).isFalse();
            assertThat(memory.firstSight(id(2), expires)).isTrue();
        }
    }

    @Test
    void aSuccessorRemembersWithoutAClose() throws IOException {
        var killed = FileReplayMemory.open(directory, clock);
        assertThat(killed.firstSight(ID, expires)).isTrue();
        Path copy = copyOf(directory); // what a kill -9 leaves: no close came

        try (var memory = FileReplayMemory.open(copy, clock)) {
            assertThat(memory.firstSight(ID, expires)).isFalse();
        }
        killed.close();
    }

    @Test
    void aClockSetBackWhileItIsDownBringsNoForgottenTokenBackToLife() {
        try (var memory = FileReplayMemory.open(directory, clock)) {
            memory.firstSight(ID, expires);
            clock.now = expires.plusSeconds(3_600);
            memory.firstSight(id(2), clock.now.plusSeconds(60));
            assertThat(memory.size()).isEqualTo(1);
        }
        clock.now = Samples.NOW;

        try (var memory = FileReplayMemory.open(directory, clock)) {
            assertThat(memory.firstSight(ID, expires)).isFalse();
        }
    }

    @Test
    void aFullMemoryUsesNothingUntilSomeExpire() {
        try (var memory = FileReplayMemory.open(directory, clock, 2)) {
            assertThat(memory.use(ID, Samples.NOW, expires)).isCompletedWithValue(ReplayMemory.Use.FIRST);
            assertThat(memory.use(id(2), Samples.NOW, expires)).isCompletedWithValue(ReplayMemory.Use.FIRST);

            assertThat(memory.use(id(3), Samples.NOW, expires)).isCompletedWithValue(ReplayMemory.Use.UNCONFIRMED);
            assertThat(memory.use(ID, Samples.NOW, expires)).isCompletedWithValue(ReplayMemory.Use.REPEATED);
            clock.now = expires.plusSeconds(3_600);
            assertThat(memory.use(id(4), clock.now, clock.now.plusSeconds(60)))
                    .isCompletedWithValue(ReplayMemory.Use.FIRST);
        }
    }

    @Test
    void aLineTornAnywhereCostsNoOtherLine() throws IOException {
        try (var memory = FileReplayMemory.open(directory, clock)) {
            memory.firstSight(ID, expires);
            memory.firstSight(id(2), expires);
        }
        byte[] whole = Files.readAllBytes(span());
        for (int length = whole.length / 2; length < whole.length; length++) {
            Files.write(span(), java.util.Arrays.copyOf(whole, length));
            try (var memory = FileReplayMemory.open(directory, clock)) {
                assertThat(memory.firstSight(ID, expires))
                        .as("%d bytes", length)
                        .isFalse();
                assertThat(memory.firstSight(id(2), expires))
                        .as("%d bytes", length)
                        .isTrue();
            }
            try (var memory = FileReplayMemory.open(directory, clock)) {
                assertThat(memory.size()).as("%d bytes", length).isEqualTo(2);
            }
        }
    }

    @Test
    void zerosAfterAPowerCutAreCutOff() throws IOException {
        try (var memory = FileReplayMemory.open(directory, clock)) {
            memory.firstSight(ID, expires);
        }
        Files.write(span(), new byte[4096], StandardOpenOption.APPEND);

        try (var memory = FileReplayMemory.open(directory, clock)) {
            assertThat(memory.firstSight(ID, expires)).isFalse();
            assertThat(memory.size()).isEqualTo(1);
        }
    }

    @Test
    void anyOtherDamageIsAnErrorThatNamesFileAndPlace() throws IOException {
        try (var memory = FileReplayMemory.open(directory, clock)) {
            memory.firstSight(ID, expires);
            memory.firstSight(id(2), expires);
        }
        byte[] whole = Files.readAllBytes(span());
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(span(), damaged);
            assertThatThrownBy(() -> FileReplayMemory.open(directory, clock))
                    .as("byte %d", at)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(span().toString())
                    .hasMessageContaining("byte " + (at < whole.length / 2 ? 0 : whole.length / 2));
        }
    }

    @Test
    void whatNoVerifierAcceptsAnyMoreIsForgottenInMemoryAndOnDisk() throws IOException {
        try (var memory = FileReplayMemory.open(directory, clock)) {
            for (int minute = 0; minute < 600; minute++) {
                clock.now = Samples.NOW.plusSeconds(60L * minute);
                assertThat(memory.firstSight(id(minute), clock.now.plusSeconds(60)))
                        .isTrue();
                assertThat(memory.size()).isLessThanOrEqualTo(13);
            }
            assertThat(spans()).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void aTokenIsRememberedAsLongAsTheSkewLetsItLive() {
        try (var memory = FileReplayMemory.open(directory, clock)) {
            memory.firstSight(ID, expires);
            clock.now = expires.plus(TokenVerifier.SKEW).minusMillis(1);
            assertThat(memory.firstSight(ID, expires)).isFalse();
            clock.now = expires.plus(FileReplayMemory.SPAN).plus(TokenVerifier.SKEW);
            assertThat(memory.firstSight(id(2), clock.now.plusSeconds(1))).isTrue();
            clock.now = Samples.NOW; // set back: what was forgotten stays refused
            assertThat(memory.firstSight(ID, expires)).isFalse();
        }
    }

    @Test
    void oneTokenInManyThreadsIsAcceptedOnce() throws Exception {
        int threads = 8;
        try (var memory = FileReplayMemory.open(directory, clock);
                var pool = Executors.newFixedThreadPool(threads)) {
            for (int round = 0; round < 200; round++) {
                TransactionId id = id(round);
                var start = new CyclicBarrier(threads);
                List<Future<Boolean>> answers = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    answers.add(pool.submit(() -> {
                        start.await();
                        return memory.firstSight(id, expires);
                    }));
                }
                assertThat(answers.stream().filter(FileReplayMemoryTest::get)).hasSize(1);
            }
        }
    }

    private static boolean get(Future<Boolean> answer) {
        try {
            return answer.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anInterruptedThreadDoesNotEndTheMemory() {
        try (var memory = FileReplayMemory.open(directory, clock)) {
            Thread.currentThread().interrupt();
            assertThat(memory.firstSight(ID, expires)).isTrue();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(memory.firstSight(id(2), expires)).isTrue();
        }
    }

    @Test
    void aSecondOpeningOfTheSameDirectoryIsRefused() {
        try (var memory = FileReplayMemory.open(directory, clock)) {
            assertThatThrownBy(() -> FileReplayMemory.open(directory, clock))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(directory.toString());
            assertThat(memory.firstSight(ID, expires)).isTrue();
        }
        FileReplayMemory.open(directory, clock).close();
    }

    @Test
    void onlyTheOwnerReadsIt() throws IOException {
        try (var memory = FileReplayMemory.open(directory, clock)) {
            memory.firstSight(ID, expires);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(span())))
                .isEqualTo("rw-------");

        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));

        assertThatThrownBy(() -> FileReplayMemory.open(directory, clock)).isInstanceOf(UncheckedIOException.class);
    }

    private static TransactionId id(int number) {
        return new TransactionId("%032x".formatted(number + 0xfedc_0000_0000L));
    }

    private Path span() throws IOException {
        return spans().get(0);
    }

    private List<Path> spans() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(ReplaySpan::isSpan).toList();
        }
    }

    private Path copyOf(Path from) throws IOException {
        Path to = Files.createDirectory(
                temporary.resolve("copy"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (Path file : spans()) {
            Files.copy(file, to.resolve(from.relativize(file)), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
        return to;
    }

    private static final class SetClock extends Clock {
        private Instant now = Samples.NOW;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
