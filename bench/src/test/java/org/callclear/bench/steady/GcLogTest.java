package org.callclear.bench.steady;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GcLogTest {
    private static final Instant TEN = Instant.parse("2026-11-29T10:00:00Z");

    private static final List<String> LINES = List.of(
            "[2026-11-29T10:00:00.000+0000] Using G1",
            "[2026-11-29T10:00:01.250+0000] GC(3) Pause Young (Normal) (G1 Evacuation Pause) 132M->20M(256M) 9.512ms",
            "[2026-11-29T10:00:01.251+0000] Safepoint \"G1CollectForAllocation\", Time since last: 803500000 ns, Reaching"
                    + " safepoint:     53350 ns, Cleanup:       3005 ns, At safepoint:    9600000 ns, Total:    9656355 ns",
            "[2026-11-29T10:00:02.000+0000] GC(4) Concurrent Mark Cycle 41.007ms",
            "[2026-11-29T10:00:02.100+0000] GC(4) Pause Remark 61M->60M(256M) 3.400ms",
            "[2026-11-29T10:00:03.000+0000] GC(5) Pause Full (Diagnostic Command) 61M->18M(256M) 180.000ms",
            "[2026-11-29T10:00:04.000+0000] GC(6) Pause Full (Heap Inspection Initiated GC) 19M->18M(256M) 175.000ms",
            "[2026-11-29T10:00:05.000+0000] GC(7) Pause Full (G1 Compaction Pause) 255M->100M(256M) 400.000ms");

    @Test
    void aPauseIsReadWithItsTimeItsLengthAndWhatItLeft() {
        assertThat(GcLog.of(LINES).pauses().getFirst())
                .isEqualTo(new GcLog.Pause(
                        Instant.parse("2026-11-29T10:00:01.250Z"),
                        "Pause Young (Normal) (G1 Evacuation Pause)",
                        9.512,
                        20));
    }

    @Test
    void collectionsThatWereAskedForDoNotCountAndTheOthersDo() {
        assertThat(GcLog.of(LINES).between(TEN, TEN.plusSeconds(60)).pauses())
                .extracting(GcLog.Pause::millis)
                .containsExactly(9.512, 3.4, 400.0);
    }

    @Test
    void whatHappenedAtTheEndOfATimeBelongsToTheNext() {
        Instant remark = Instant.parse("2026-11-29T10:00:02.100Z");

        assertThat(GcLog.of(LINES).between(TEN, remark).pauses()).hasSize(1);
        assertThat(GcLog.of(LINES).between(remark, remark.plusMillis(1)).pauses())
                .hasSize(1);
    }

    @Test
    void aStopLastsFromTheWordUntilAllGoOn() {
        assertThat(GcLog.of(LINES).stops())
                .containsExactly(
                        new GcLog.Stop(Instant.parse("2026-11-29T10:00:01.251Z"), "G1CollectForAllocation", 9.656355));
    }
}
