package org.callclear.app.settling;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.ResolveDispute;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisputeWishTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "60200, 120500, 0, 60200",
        "60200, 120500, 100, 120500",
        "60200, 120500, 50, 90350",
        "60000, 60001, 99.999999, 60000",
        "60000, 120001, 33.333333, 80000",
        ", 90000, 50, 45000"
    })
    void aPercentageIsOfWhatIsClaimedBeyondWhatSettled(
            @Nullable Long settled, long claimed, BigDecimal percent, long splits) {
        assertThat(command(wish(null, percent), Disputes.open(settled, claimed)).getSettledMillis())
                .isEqualTo(splits);
    }

    @ParameterizedTest
    @ValueSource(longs = {61, 90, 120})
    void secondsBetweenWhatSettledAndWhatIsClaimedSplit(long seconds) {
        assertThat(command(wish(seconds, null), Disputes.open(60_200L, 120_500L))
                        .getSettledMillis())
                .isEqualTo(seconds * 1000);
    }

    @ParameterizedTest
    @ValueSource(longs = {60, 121, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void otherSecondsAreRefusedWithTheirValue(long seconds) {
        assertThat(faults(wish(seconds, null), Disputes.open(60_200L, 120_500L)))
                .singleElement()
                .asString()
                .contains("--seconds " + seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "100.1", "0.0000001", "1E+2147483647", "1E-2147483647"})
    void whatIsNoPercentageIsRefused(String percent) {
        assertThat(faults(wish(null, new BigDecimal(percent)), Disputes.open(60_000L, 120_000L)))
                .singleElement()
                .asString()
                .contains("--percent");
    }

    @Test
    void everyFaultIsALine() {
        DisputeWish wish = new DisputeWish(Resolution.ACCEPTED, 1L, BigDecimal.ONE, " ", "x".repeat(501));

        assertThat(faults(wish, Disputes.open(60_000L, 120_000L)))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("--seconds 1"),
                        line -> assertThat(line).contains("--percent 1"),
                        line -> assertThat(line).contains("--by"),
                        line -> assertThat(line).contains("--reason"));
        assertThat(wish(null, null).faults()).hasSize(1);
        assertThat(wish(1L, BigDecimal.ONE).faults()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACCEPTED", "REJECTED", "SPLIT", "WITHDRAWN"})
    void whatIsDecidedIsNotDecidedAgain(String state) {
        Dispute decided = Disputes.decided(Disputes.open(60_000L, 120_000L), state, "finance");

        assertThat(faults(as(Resolution.REJECTED), decided))
                .singleElement()
                .asString()
                .contains(state);
    }

    @Test
    void whereNothingIsClaimedNothingCanBeAccepted() {
        Dispute stranger = Disputes.open(null, null);

        assertThat(faults(as(Resolution.ACCEPTED), stranger)).hasSize(1);
        assertThat(command(as(Resolution.REJECTED), stranger).getSettledMillis())
                .isNull();
    }

    @Test
    void theCommandNamesTheDisputeAndWhoDecided() {
        assertThat(command(as(Resolution.ACCEPTED), Disputes.open(60_000L, 120_000L)))
                .isEqualTo(new ResolveDispute(
                        "command",
                        Disputes.CALL + "/1",
                        Disputes.CALL,
                        1,
                        Resolution.ACCEPTED,
                        null,
                        "finance",
                        NOW,
                        "as agreed"));
    }

    private static DisputeWish wish(@Nullable Long seconds, @Nullable BigDecimal percent) {
        return new DisputeWish(Resolution.SPLIT, seconds, percent, "finance", "as agreed");
    }

    private static DisputeWish as(Resolution resolution) {
        return new DisputeWish(resolution, null, null, "finance", "as agreed");
    }

    private static ResolveDispute command(DisputeWish wish, Dispute dispute) {
        if (wish.answer(dispute, "command", NOW) instanceof DisputeWish.Answer.Command asked) {
            return asked.command();
        }
        throw new AssertionError(faults(wish, dispute));
    }

    private static List<String> faults(DisputeWish wish, Dispute dispute) {
        return wish.answer(dispute, "command", NOW) instanceof DisputeWish.Answer.Refused refused
                ? refused.faults()
                : List.of();
    }
}
