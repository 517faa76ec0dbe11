package org.callclear.clearinghouse.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.callclear.schemas.avro.DurationRounding;
import org.callclear.schemas.avro.FreeSecondsRule;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.rating.Billing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChargeTest {
    private static final long SEED = Long.getLong("callclear.seed", System.nanoTime());
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final int TERMS = 300;
    private static final int LONGEST = 2_000;

    private final Random random = new Random(SEED);

    /** Each first millisecond of a second, and the last one. */
    @Test
    void aCallThatIsUpIsNeverChargedLessThanItsTalkIsBilled() {
        for (int i = 0; i < TERMS; i++) {
            RateTerms terms = anyTerms();
            Charge charge = Charge.of(terms);
            Instant answeredAt = NOON.plusSeconds(random.nextInt(900));
            for (int second = 0; second < LONGEST; second += 1 + random.nextInt(3)) {
                for (long millis : new long[] {second * 1000L, second * 1000L + 1}) {
                    assertThat(charged(charge, millis))
                            .as("seed %d: %d ms by %s", SEED, millis, terms)
                            .isGreaterThanOrEqualTo(charge.talk(millis, answeredAt));
                }
            }
        }
    }

    @Test
    void norIsItChargedMoreThanThatTakes() {
        for (int i = 0; i < TERMS / 10; i++) {
            RateTerms terms = RateTerms.newBuilder(anyTerms())
                    .setRateChanges(List.of())
                    .setMinimumCharge(zero())
                    .setConnectFee(zero())
                    .setDurationRounding(DurationRounding.CEILING)
                    .setFreeSecondsRule(FreeSecondsRule.SUBTRACT)
                    .setIncrementAnchor(IncrementAnchor.AFTER_INITIAL)
                    .build();
            Charge charge = Charge.of(terms);
            BigInteger least = BigInteger.TWO.pow(100);
            for (int second = 0; second < 60 * 660; second++) {
                long millis = second * 1000L + 1;
                least = least.min(charged(charge, millis).subtract(charge.talk(millis, NOON)));
            }
            assertThat(least).as("seed %d: %s", SEED, terms).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "60, 60", "30, 6", "60, 1", "30, 30", "1, 60"})
    void theUsualIncrementsAreChargedAMinuteOrTheFirstOfTheirOwn(int initial, int increment) {
        RateTerms terms = RateTerms.newBuilder(Calls.terms("0.60"))
                .setInitialSeconds(initial)
                .setIncrementSeconds(increment)
                .build();

        long seconds = initial == 1 && increment == 60 ? 61 : 60;
        assertThat(Charge.of(terms).first())
                .isEqualTo(Billing.price(seconds, terms).units());
    }

    private static BigInteger charged(Charge charge, long millis) {
        return charge.first().add(charge.perMinute().multiply(BigInteger.valueOf(millis / 60_000)));
    }

    private RateTerms anyTerms() {
        return RateTerms.newBuilder(Calls.terms("0.60"))
                .setInitialSeconds(1 + random.nextInt(random.nextBoolean() ? 60 : 600))
                .setIncrementSeconds(1 + random.nextInt(random.nextBoolean() ? 60 : 600))
                .setIncrementAnchor(any(IncrementAnchor.values()))
                .setDurationRounding(any(DurationRounding.values()))
                .setFreeSeconds(random.nextInt(3) == 0 ? random.nextInt(300) : 0)
                .setFreeSecondsRule(any(FreeSecondsRule.values()))
                .setConnectFee(money(random.nextInt(3)))
                .setMinimumCharge(money(random.nextInt(3)))
                .setRateChanges(random.nextBoolean() ? List.of() : List.of(change(300), change(700)))
                .build();
    }

    private RateChange change(int seconds) {
        return RateChange.newBuilder()
                .setAt(NOON.plusSeconds(seconds))
                .setPrefix("1")
                .setRatePerMinute(money(random.nextInt(200)))
                .build();
    }

    private static BigDecimal zero() {
        return money(0);
    }

    private static BigDecimal money(int cents) {
        return BigDecimal.valueOf(cents, 2).setScale(6);
    }

    private <T> T any(T[] some) {
        return some[random.nextInt(some.length)];
    }
}
