package org.callclear.clearinghouse.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What was told of a call is what is remembered of it, whether it fits in brief or not. */
class BriefTest {
    private static final BigInteger BEYOND_LONG = BigInteger.ONE.shiftLeft(63);
    private static final Told FAILED = Told.NOTHING.withFailed(2, 70).withFailed(0, 50);

    static final List<Told> TOLD = List.of(
            Told.NOTHING,
            FAILED,
            FAILED.ended(),
            FAILED.with(talk(1, "600")),
            Told.NOTHING.with(talk(0, "0")).ended(),
            Told.NOTHING.with(talk(-1, "5")),
            Told.NOTHING.with(talk(1, BEYOND_LONG.subtract(BigInteger.ONE).toString())),
            Told.NOTHING.with(talk(1, BEYOND_LONG.toString())).ended(),
            Told.NOTHING.with(talk(1, "-" + BEYOND_LONG)),
            FAILED.with(talk(1, "600")).with(talk(2, "30")).ended());

    @ParameterizedTest
    @FieldSource("TOLD")
    void whatIsPutIsTold(Told told) {
        Brief brief = new Brief();

        brief.put(told);

        assertThat(brief.told()).isEqualTo(told);
        assertThat(brief.isOver()).isEqualTo(told.over());
        assertThat(brief.lastAt()).isEqualTo(told.lastAt());
    }

    @ParameterizedTest
    @FieldSource("TOLD")
    void nothingIsLeftOfWhatWasToldBefore(Told told) {
        assertThat(TOLD.stream().map(before -> afterBoth(before, told))).containsOnly(told);
    }

    private static Told afterBoth(Told before, Told after) {
        Brief brief = new Brief();
        Stream.of(before, after).forEach(brief::put);
        return brief.told();
    }

    private static Talk talk(int leg, String units) {
        return new Talk(leg, 1_000, 61_000, new BigInteger(units));
    }
}
