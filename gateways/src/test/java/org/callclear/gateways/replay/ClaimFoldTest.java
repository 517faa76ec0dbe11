package org.callclear.gateways.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.callclear.gateways.replay.ClaimFold.Claim;
import org.callclear.gateways.replay.ClaimFold.Wish;
import org.callclear.schemas.call.TransactionId;
import org.callclear.tokens.ReplayMemory.Use;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimFoldTest {
    private static final long ME = 7;
    private static final long OTHER = 8;
    private static final Duration KEPT = Duration.ofHours(2);
    private static final Instant BEGIN = Instant.parse("2026-11-28T12:00:00Z");
    private static final Instant ISSUED = BEGIN.plusSeconds(100);
    private static final Instant EXPIRES = ISSUED.plusSeconds(60);
    private static final Instant NOW = ISSUED.plusSeconds(2);
    private static final TransactionId ID = id(1);

    private final ClaimFold fold = new ClaimFold(ME, KEPT, 4);

    @BeforeEach
    void begin() {
        fold.reached(BEGIN, BEGIN);
    }

    @Test
    void theFirstClaimInTheLogHolds() {
        Claim mine = wish(ID);

        assertThat(read(mine)).isEqualTo(Optional.of(Use.FIRST));
        assertThat(fold.wish(ID, ISSUED, EXPIRES)).isEqualTo(new Wish.Answered(Use.REPEATED));
    }

    @Test
    void anothersClaimBeforeMineHoldsInsteadOfMine() {
        Claim mine = wish(ID);

        assertThat(read(new Claim(ID, EXPIRES, OTHER, mine.number()))).isEqualTo(Optional.of(Use.REPEATED));
        assertThat(read(mine)).isEmpty();
    }

    @Test
    void aTokenIsNotClaimedTwiceByOneProcess() {
        wish(ID);

        assertThat(fold.wish(ID, ISSUED, EXPIRES)).isEqualTo(new Wish.Answered(Use.REPEATED));
    }

    @Test
    void aClaimThatWasGivenUpUsesTheTokenUp() {
        Claim late = wish(ID);
        fold.giveUp(ID, late.number());
        Claim again = wish(ID);

        assertThat(read(late)).isEqualTo(Optional.of(Use.REPEATED));
        assertThat(read(again)).isEmpty();
    }

    @Test
    void whatTheForerunnerClaimedIsUsedThoughNobodyHeardTheAnswer() {
        read(new Claim(ID, EXPIRES, OTHER, 1));

        assertThat(fold.wish(ID, ISSUED, EXPIRES)).isEqualTo(new Wish.Answered(Use.REPEATED));
    }

    @Test
    void aTokenIssuedBeforeTheLogBeganIsNotConfirmed() {
        assertThat(fold.wish(ID, BEGIN.minusMillis(1), EXPIRES)).isEqualTo(new Wish.Answered(Use.UNCONFIRMED));
        assertThat(fold.wish(ID, BEGIN, EXPIRES)).isInstanceOf(Wish.Claimed.class);
    }

    @Test
    void whereTheFrontIsLeftUnreadATokenIssuedAroundItsEndIsNotConfirmedWhicheverClockIsAhead() {
        ClaimFold late = new ClaimFold(ME, KEPT, 4);
        late.beginInTheMiddle();
        late.reached(BEGIN, BEGIN);

        assertThat(late.wish(ID, BEGIN.plusSeconds(59), EXPIRES)).isEqualTo(new Wish.Answered(Use.UNCONFIRMED));
        assertThat(late.wish(ID, BEGIN.plusSeconds(60), EXPIRES)).isInstanceOf(Wish.Claimed.class);
    }

    @Test
    void aRecordThatCannotBeReadMayHaveBeenAClaimToAnyTokenBeforeIt() {
        Claim underWay = wish(ID);
        fold.unreadable(NOW, NOW);

        assertThat(read(underWay)).isEqualTo(Optional.of(Use.UNCONFIRMED));
        assertThat(fold.wish(id(2), ISSUED, EXPIRES)).isEqualTo(new Wish.Answered(Use.UNCONFIRMED));
        assertThat(fold.wish(id(3), NOW.plusSeconds(1), EXPIRES)).isInstanceOf(Wish.Claimed.class);
    }

    @Test
    void aTokenThatWouldOutliveItsClaimIsNotConfirmed() {
        Instant beyond = NOW.plus(KEPT);
        Wish wish = fold.wish(ID, ISSUED, beyond);

        assertThat(read(new Claim(ID, beyond, ME, ((Wish.Claimed) wish).number())))
                .isEqualTo(Optional.of(Use.UNCONFIRMED));
    }

    @Test
    void oneClockThatJumpsAheadMakesNothingBeForgotten() {
        read(wish(ID));

        fold.reached(NOW, NOW.plus(Duration.ofDays(2)));
        assertThat(fold.size()).isEqualTo(1);
        fold.reached(NOW.plus(Duration.ofDays(2)), NOW);
        assertThat(fold.size()).isEqualTo(1);
    }

    @Test
    void whatWasForgottenStaysRefusedWhenTheClocksAreSetBack() {
        read(wish(ID));
        Instant later = EXPIRES.plusSeconds(600);
        fold.reached(later, later);
        assertThat(fold.size()).isZero();

        fold.reached(NOW, NOW);

        assertThat(fold.wish(ID, ISSUED, EXPIRES)).isEqualTo(new Wish.Answered(Use.REPEATED));
    }

    @Test
    void aFullMemoryUsesNothingUntilSomeExpire() {
        for (int i = 1; i <= 4; i++) {
            read(wish(id(i)));
        }

        assertThat(fold.wish(id(5), ISSUED, EXPIRES)).isEqualTo(new Wish.Answered(Use.UNCONFIRMED));
        Instant later = EXPIRES.plusSeconds(600);
        fold.reached(later, later);
        assertThat(fold.wish(id(6), later, later.plusSeconds(60))).isInstanceOf(Wish.Claimed.class);
    }

    @Test
    void whatFindsNoPlaceIsNotTakenForUnusedAndTheMemoryDoesNotGrow() {
        for (int i = 1; i <= 6; i++) {
            read(new Claim(id(i), EXPIRES, OTHER, i));
        }
        assertThat(fold.size()).isEqualTo(4);

        assertThat(fold.wish(id(1), ISSUED, EXPIRES)).isEqualTo(new Wish.Answered(Use.REPEATED));
        assertThat(fold.wish(id(6), ISSUED, EXPIRES)).isEqualTo(new Wish.Answered(Use.UNCONFIRMED));
    }

    /** Whatever happens to the instances, their clocks and the log: a token opens once at most. */
    @ParameterizedTest
    @ValueSource(ints = {40, 100_000})
    void noTokenIsUsedTwiceInAnyInterleaving(int most) {
        long used = 0;
        for (long seed = 0; seed < 300; seed++) {
            Machines machines = new Machines(seed, most);
            for (int step = 0; step < 4_000; step++) {
                machines.step();
            }
            assertThat(machines.uses().values())
                    .as("seed %d, most %d", seed, most)
                    .allMatch(n -> n == 1);
            used += machines.uses().size();
        }
        assertThat(used).as("tokens used").isGreaterThan(10_000);
    }

    private Claim wish(TransactionId id) {
        Wish wish = fold.wish(id, ISSUED, EXPIRES);
        assertThat(wish).isInstanceOf(Wish.Claimed.class);
        return new Claim(id, EXPIRES, ME, ((Wish.Claimed) wish).number());
    }

    private Optional<Use> read(Claim claim) {
        return fold.read(claim, NOW, NOW).map(ClaimFold.Decided::use);
    }

    private static TransactionId id(int n) {
        return new TransactionId("%032x".formatted(n));
    }
}
