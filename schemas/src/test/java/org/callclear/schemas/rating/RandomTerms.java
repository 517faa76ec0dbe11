package org.callclear.schemas.rating;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.callclear.schemas.avro.DurationRounding;
import org.callclear.schemas.avro.FreeSecondsRule;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.avro.RoundingRule;

/** Terms and talk times that reach every rule; a seed names the sequence. */
final class RandomTerms {
    static final Instant ANSWERED = Instant.parse("2026-11-23T12:00:00.250Z");
    private static final int[] STEPS = {1, 1, 6, 7, 20, 30, 60, 90};

    private final Random random;

    RandomTerms(long seed) {
        random = new Random(seed);
    }

    /** Mostly minutes, at times nothing, at times a day. */
    long talkedMillis() {
        return switch (random.nextInt(1000)) {
            case 0 -> 86_400_000L - random.nextInt(2);
            case 1, 2, 3, 4, 5 -> 0;
            default -> random.nextInt(3) == 0 ? 1000L * random.nextInt(200) : random.nextInt(400_000);
        };
    }

    RateTerms next() {
        return RateTerms.newBuilder()
                .setContract("acme-out")
                .setContractRevision(3)
                .setDeck("retail")
                .setDeckRevision(7)
                .setPrefix("49")
                .setDestination("Germany")
                .setRatePerMinute(amount(2))
                .setCurrency("EUR")
                .setInitialSeconds(step())
                .setIncrementSeconds(step())
                .setConnectFee(random.nextInt(3) == 0 ? amount(1) : amount(0))
                .setDurationRounding(pick(DurationRounding.values()))
                .setIncrementAnchor(pick(IncrementAnchor.values()))
                .setRoundingLevel(pick(RoundingLevel.values()))
                .setRoundingRule(pick(RoundingRule.values()))
                .setRoundingScale(random.nextInt(7))
                .setFreeSeconds(random.nextInt(3) == 0 ? random.nextInt(100) : 0)
                .setFreeSecondsRule(pick(FreeSecondsRule.values()))
                .setMinimumCharge(random.nextInt(3) == 0 ? amount(1) : amount(0))
                .setAttemptFee(random.nextBoolean() ? amount(1) : amount(0))
                .setRateChanges(changes())
                .build();
    }

    /** None, or some by time: before the answer, at it, on a second of the call, between two, and two at once. */
    private List<RateChange> changes() {
        List<RateChange> changes = new ArrayList<>();
        Instant at = ANSWERED.minusMillis(random.nextInt(3) == 0 ? random.nextInt(100_000) : 0);
        for (int left = random.nextInt(3) == 0 ? random.nextInt(4) : 0; left > 0; left--) {
            at = at.plusMillis(random.nextBoolean() ? 1000L * random.nextInt(120) : random.nextInt(200_000));
            changes.add(new RateChange(at, amount(2), "4" + left));
        }
        return changes;
    }

    private int step() {
        return STEPS[random.nextInt(STEPS.length)];
    }

    private <E> E pick(E[] values) {
        return values[random.nextInt(values.length)];
    }

    /** At most so many whole units, with six decimals. */
    private BigDecimal amount(int whole) {
        return BigDecimal.valueOf(whole == 0 ? 0 : random.nextInt(whole * 1_000_000), 6);
    }
}
