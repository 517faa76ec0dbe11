package org.callclear.bench.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitsTest {
    private static final double BEGUN = 1_795_910_664.0;
    private static final int RATE = 100;

    private final List<String> log = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    @Test
    void aWaitLastsFromTheFirstInviteToTheRing() throws IOException {
        sent(1, 0, 1);
        heard(1, 0.004, 1, "100 Trying");
        heard(1, 0.010, 1, "180 Ringing");
        heard(1, 0.060, 1, "200 OK");

        Waits waits = read(0);

        assertThat(waits.ringing().getMaxValue()).isBetween(9_990L, 10_010L);
        assertThat(waits.answered().getMaxValue()).isBetween(59_900L, 60_100L);
    }

    @Test
    void theRoundWithThePasswordCountsAndIsToldApart() throws IOException {
        sent(1, 0, 1);
        heard(1, 0.002, 1, "401 Unauthorized");
        sent(1, 0.003, 2);
        heard(1, 0.010, 2, "180 Ringing");
        heard(1, 0.060, 2, "200 OK");

        Waits waits = read(0);

        assertThat(waits.ringing().getMaxValue()).isBetween(9_990L, 10_010L);
        assertThat(waits.ringingProved().getMaxValue()).isBetween(6_990L, 7_010L);
    }

    /** A generator that stalls must not hide what calls had to wait for meanwhile. */
    @Test
    void aCallSentLateHasWaitedSinceItWasDue() throws IOException {
        call(1, 0, 0.001);
        call(2, 0.010, 0.001);
        call(3, 0.520, 0.001); // due at 0.020

        assertThat(read(0).ringing().getMaxValue()).isBetween(500_500L, 501_500L);
    }

    @Test
    void theFirstCallsDoNotCountAndThoseWithoutAnAnswerNeither() throws IOException {
        call(1, 0, 0.3);
        call(2, 0.010, 0.002);
        sent(3, 0.020, 1);
        heard(3, 0.021, 1, "180 Ringing");

        Waits waits = read(1);

        assertThat(waits.ringing().getTotalCount()).isEqualTo(1);
        assertThat(waits.ringing().getMaxValue()).isBetween(1_990L, 2_010L);
    }

    @Test
    void whatIsSaidTwiceCountsWhenItCameFirst() throws IOException {
        sent(1, 0, 1);
        sent(1, 0.5, 1);
        heard(1, 0.6, 1, "180 Ringing");
        heard(1, 0.7, 1, "180 Ringing");
        heard(1, 0.8, 1, "200 OK");
        heard(1, 1.3, 1, "200 OK");

        Waits waits = read(0);

        assertThat(waits.ringing().getMaxValue()).isBetween(599_000L, 601_000L);
        assertThat(waits.answered().getMaxValue()).isBetween(799_000L, 801_000L);
    }

    private void call(int number, double at, double ringsAfter) {
        sent(number, at, 1);
        heard(number, at + ringsAfter, 1, "180 Ringing");
        heard(number, at + ringsAfter + 0.05, 1, "200 OK");
        line(number, at + ringsAfter + 0.06, "S", "2 BYE", "BYE sip:49@127.0.0.1 SIP/2.0");
        heard(number, at + ringsAfter + 0.07, "2 BYE", "200 OK");
    }

    private void sent(int number, double at, int sequence) {
        line(number, at, "S", sequence + " INVITE", "INVITE sip:49@127.0.0.1 SIP/2.0");
    }

    private void heard(int number, double at, int sequence, String status) {
        heard(number, at, sequence + " INVITE", status);
    }

    private void heard(int number, double at, String sequence, String status) {
        line(number, at, "R", sequence, "SIP/2.0 " + status);
    }

    private void line(int number, double at, String direction, String sequence, String first) {
        String time = String.format(Locale.ROOT, "%.6f", BEGUN + at);
        log.add(String.join(
                "\t", "2026-11-29", "00:04:24", time, direction, number + "-77@127.0.0.1", "CSeq:" + sequence, first));
    }

    private Waits read(int skipped) throws IOException {
        return Waits.read(Files.write(folder.resolve("callers.log"), log), RATE, skipped);
    }
}
