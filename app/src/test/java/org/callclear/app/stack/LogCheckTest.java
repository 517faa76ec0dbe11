package org.callclear.app.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Five batches of two records each, written by Kafka's own code, and what becomes of them. */
class LogCheckTest {
    private static final int BATCHES = 5;
    private static final int EPOCH = 3;
    private static final int HEADER = 61;
    private static final byte[] SOUND = batches();
    private static final int BATCH = SOUND.length / BATCHES;

    @TempDir
    Path place;

    static IntStream headerBytes() {
        return IntStream.range(0, HEADER);
    }

    static IntStream cuts() {
        return IntStream.range(1, BATCH);
    }

    @ParameterizedTest
    @MethodSource("headerBytes")
    void aFlippedBitInTheHeaderOfAMiddleBatchIsDamageAfterAKill(int at) throws IOException {
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            refused(write("call-attempts-0", flipped(2 * BATCH + at, bit)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11})
    void aFlippedBitInTheLengthOfTheLastBatchIsDamageAfterAKill(int at) throws IOException {
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            refused(write("call-attempts-0", flipped((BATCHES - 1) * BATCH + at, bit)));
        }
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void aLastBatchThatAKillCutShortIsNoDamage(int missing) throws IOException {
        write("settlement-journal-0", Arrays.copyOf(SOUND, SOUND.length - missing));

        assertThatCode(() -> LogCheck.check(place)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"settlement-journal-3", "postings-0", "carrier.acme.cdrs-1", "carrier.a-b2.cdrs-12"})
    void whatMoneyIsComputedFromIsCheckedAfterAStopInOrderToo(String log) throws IOException {
        stoppedInOrder();

        refused(write(log, flipped(2 * BATCH + HEADER + 1, 0)));
    }

    @Test
    void afterAStopInOrderNothingMayBeCutShort() throws IOException {
        stoppedInOrder();

        refused(write("postings-0", Arrays.copyOf(SOUND, SOUND.length - 1)));
    }

    @Test
    void theMetadataMayBeCutShortAlsoAfterAStopInOrder() throws IOException {
        stoppedInOrder();
        write("__cluster_metadata-0", Arrays.copyOf(SOUND, SOUND.length - 1));

        assertThatCode(() -> LogCheck.check(place)).doesNotThrowAnyException();
    }

    @Test
    void onlyTheLastSegmentIsRead() throws IOException {
        Path first = write("postings-0", flipped(2 * BATCH + HEADER + 1, 0));
        Files.write(first.resolveSibling("00000000000000000010.log"), new byte[0]);

        assertThatCode(() -> LogCheck.check(place)).doesNotThrowAnyException();
    }

    @Test
    void aSoundLogIsLeftAsItIs() throws IOException {
        Path file = write("postings-0", SOUND);

        LogCheck.check(place);

        assertThat(file).hasBinaryContent(SOUND);
    }

    private void refused(Path file) {
        assertThatThrownBy(() -> LogCheck.check(place))
                .isInstanceOf(StackException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("\n");
    }

    private void stoppedInOrder() throws IOException {
        Files.writeString(place.resolve(".kafka_cleanshutdown"), "{}");
    }

    private Path write(String log, byte[] bytes) throws IOException {
        Path folder = Files.createDirectories(place.resolve(log));
        return Files.write(folder.resolve("00000000000000000000.log"), bytes);
    }

    private static byte[] flipped(int at, int bit) {
        byte[] bytes = SOUND.clone();
        bytes[at] ^= (byte) (1 << bit);
        return bytes;
    }

    private static byte[] batches() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int batch = 0; batch < BATCHES; batch++) {
            ByteBuffer one = MemoryRecords.withRecords(
                            2L * batch, Compression.NONE, EPOCH, record(batch, "a"), record(batch, "b"))
                    .buffer();
            byte[] bytes = new byte[one.remaining()];
            one.get(bytes);
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    private static SimpleRecord record(int batch, String key) {
        return new SimpleRecord(
                1_700_000_000_000L + batch,
                key.getBytes(StandardCharsets.US_ASCII),
                "what was acknowledged".getBytes(StandardCharsets.US_ASCII));
    }
}
