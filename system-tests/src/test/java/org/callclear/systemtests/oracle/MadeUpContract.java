package org.callclear.systemtests.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.avro.Agreement;
import org.callclear.schemas.avro.DisputeGate;
import org.callclear.schemas.avro.DurationRounding;
import org.callclear.schemas.avro.FreeSecondsRule;
import org.callclear.schemas.avro.GateRule;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.avro.RoundingRule;
import org.callclear.schemas.avro.SettlingSide;

/** A contract of one side: one template of terms, from which those of a call are drawn. */
final class MadeUpContract {
    /** A place to call. */
    record Destination(String prefix, String name) {}

    static final List<Destination> DESTINATIONS = List.of(
            new Destination("49", "Germany"),
            new Destination("4930", "Germany, Berlin"),
            new Destination("225", "Côte d'Ivoire"),
            new Destination("1212", "USA \"New York\""),
            new Destination("81", "日本 \\ Japan"));

    private static final Instant SECOND_REVISION = Instant.parse("2026-11-01T00:00:00Z");

    final PlainCalendar calendar;
    final Agreement agreement;
    private final RateTerms template;
    private final boolean followsChanges;

    MadeUpContract(String name, PlainCalendar calendar, List<Long> delays, Dice dice) {
        this.calendar = calendar;
        String currency = dice.pick("EUR", "EUR", "USD", "JPY");
        template = fees(steps(rounding(RateTerms.newBuilder(), currency, dice), dice), currency, dice)
                .setContract(name)
                .setContractRevision(1)
                .setDeck("deck-" + name)
                .setDeckRevision(1)
                .setPrefix("")
                .setDestination("")
                .setCurrency(currency)
                .setRatePerMinute(micros(
                        currency.equals("JPY") ? dice.between(500_000, 40_000_000) : dice.between(1_000, 900_000)))
                .setPeriodLength(calendar.length())
                .setPeriodZone(calendar.zone())
                .build();
        followsChanges = dice.chance(3_500);
        agreement = Agreement.newBuilder()
                .setToleranceSeconds(dice.pick(0, 1, 2, 2, 5))
                .setSettlingSide(dice.pick(SettlingSide.values()))
                .setGate(dice.chance(4_000) ? gate(dice) : null)
                .setOneSidedDelaySeconds(dice.pick(delays))
                .build();
    }

    private static RateTerms.Builder rounding(RateTerms.Builder terms, String currency, Dice dice) {
        return terms.setDurationRounding(dice.pick(DurationRounding.values()))
                .setRoundingLevel(dice.pick(RoundingLevel.values()))
                .setRoundingRule(dice.pick(RoundingRule.values()))
                .setRoundingScale(currency.equals("JPY") ? dice.pick(0, 1, 2, 6) : dice.pick(2, 3, 4, 5, 6));
    }

    private static RateTerms.Builder steps(RateTerms.Builder terms, Dice dice) {
        int[] steps = dice.pick(
                new int[] {1, 1},
                new int[] {6, 6},
                new int[] {30, 6},
                new int[] {60, 60},
                new int[] {60, 1},
                new int[] {45, 30},
                new int[] {10, 30});
        return terms.setInitialSeconds(steps[0])
                .setIncrementSeconds(steps[1])
                .setIncrementAnchor(dice.pick(IncrementAnchor.values()))
                .setFreeSeconds(dice.chance(3_000) ? (int) dice.between(1, 30) : 0)
                .setFreeSecondsRule(dice.pick(FreeSecondsRule.values()));
    }

    private static RateTerms.Builder fees(RateTerms.Builder terms, String currency, Dice dice) {
        long unit = currency.equals("JPY") ? 100 : 1;
        return terms.setConnectFee(micros(dice.chance(3_000) ? unit * dice.between(1, 50_000) : 0))
                .setMinimumCharge(micros(dice.chance(3_000) ? unit * dice.between(1, 90_000) : 0))
                .setAttemptFee(micros(dice.chance(4_000) ? unit * dice.between(1, 3_000) : 0));
    }

    private static DisputeGate gate(Dice dice) {
        return DisputeGate.newBuilder()
                .setPercent(micros(dice.pick(0, 1_000_000, 5_500_000, 20_000_000)))
                .setAmount(micros(dice.pick(0, 0, 10_000, 150_000)))
                .setRule(dice.pick(GateRule.values()))
                .build();
    }

    static BigDecimal micros(long micros) {
        return BigDecimal.valueOf(micros, 6);
    }

    int toleranceMillis() {
        return agreement.getToleranceSeconds() * 1000;
    }

    /** Seconds that a lone report waits. */
    long delaySeconds() {
        long said = agreement.getOneSidedDelaySeconds();
        return said == 0 ? MadeUpJournal.DELAY_WHEN_UNSAID : said;
    }

    /** The terms of a call that begins then. */
    RateTerms terms(Destination destination, Instant begin, Dice dice) {
        int place = DESTINATIONS.indexOf(destination);
        long deck = 1L + Math.floorMod(begin.getEpochSecond() / 864_000, 9);
        BigDecimal rate = template.getRatePerMinute().add(micros(137L * place + 11 * deck));
        return RateTerms.newBuilder(template)
                .setContractRevision(begin.isBefore(SECOND_REVISION) ? 1 : 2)
                .setDeckRevision(deck)
                .setPrefix(destination.prefix())
                .setDestination(destination.name())
                .setRatePerMinute(rate)
                .setRateChanges(changes(destination, begin, rate, dice))
                .build();
    }

    private List<RateChange> changes(Destination destination, Instant begin, BigDecimal rate, Dice dice) {
        List<RateChange> changes = new ArrayList<>();
        Instant at = begin;
        while (followsChanges && dice.chance(4_000)) {
            at = at.plusMillis(dice.between(1, 240_000));
            changes.add(new RateChange(at, rate.add(micros(dice.between(1, 9_999))), destination.prefix()));
        }
        return changes;
    }

    /** The same terms, a revision later and at another price. */
    static RateTerms anew(RateTerms terms, Dice dice) {
        return RateTerms.newBuilder(terms)
                .setContractRevision(terms.getContractRevision() + 1)
                .setRatePerMinute(terms.getRatePerMinute().add(micros(dice.between(1, 9_999))))
                .build();
    }
}
