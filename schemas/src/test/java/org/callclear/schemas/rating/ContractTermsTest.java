package org.callclear.schemas.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.DurationRounding;
import org.callclear.schemas.avro.FreeSecondsRule;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.avro.RoundingRule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTermsTest {
    private static final String NUMBER = "4930123456";
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant HORIZON = NOON.plus(Duration.ofHours(2));

    @Test
    void holdsAllThatTheContractAndTheRowSay() {
        Contract contract = splitting()
                .setCurrency("USD")
                .setRevision(5)
                .setDurationRounding(DurationRounding.FLOOR)
                .setIncrementAnchor(IncrementAnchor.FROM_ZERO)
                .setRoundingLevel(RoundingLevel.PER_STATEMENT_LINE)
                .setRoundingRule(RoundingRule.DOWN)
                .setRoundingScale(2)
                .setFreeSeconds(7)
                .setFreeSecondsRule(FreeSecondsRule.THRESHOLD)
                .setMinimumCharge(amount("0.03"))
                .setAttemptFee(amount("0.001"))
                .setPeriodLength(PeriodLength.WEEK)
                .setPeriodZone("Europe/Berlin")
                .build();
        RateRow row = RateRow.newBuilder(row("49", "0.60", null, null))
                .setInitialSeconds(30)
                .setIncrementSeconds(6)
                .setConnectFee(amount("0.05"))
                .build();

        assertThat(rated(contract, row))
                .isEqualTo(RateTerms.newBuilder()
                        .setContract("acme-out")
                        .setContractRevision(5)
                        .setDeck("retail")
                        .setDeckRevision(9)
                        .setPrefix("49")
                        .setDestination("to 49")
                        .setRatePerMinute(amount("0.60"))
                        .setCurrency("USD")
                        .setInitialSeconds(30)
                        .setIncrementSeconds(6)
                        .setConnectFee(amount("0.05"))
                        .setDurationRounding(DurationRounding.FLOOR)
                        .setIncrementAnchor(IncrementAnchor.FROM_ZERO)
                        .setRoundingLevel(RoundingLevel.PER_STATEMENT_LINE)
                        .setRoundingRule(RoundingRule.DOWN)
                        .setRoundingScale(2)
                        .setFreeSeconds(7)
                        .setFreeSecondsRule(FreeSecondsRule.THRESHOLD)
                        .setMinimumCharge(amount("0.03"))
                        .setAttemptFee(amount("0.001"))
                        .setPeriodLength(PeriodLength.WEEK)
                        .setPeriodZone("Europe/Berlin")
                        .build());
    }

    @Test
    void saysWhatIsRefusedAndWhatHasNoRow() {
        RateRow blocked = blocked(row("4930", "0", null, null));

        assertThat(terms(splitting().build(), row("49", "0.60", null, null), blocked))
                .isEqualTo(new ContractTerms.Blocked(blocked, 9));
        assertThat(terms(splitting().build(), row("48", "0.60", null, null))).isEqualTo(new ContractTerms.Unrated());
    }

    @Test
    void keepsTheFirstRateUnlessTheContractSplits() {
        Contract contract = splitting().setSplitAtRateChanges(false).build();

        assertThat(rated(contract, row("49", "0.60", null, 60), row("49", "0.90", 60, null))
                        .getRateChanges())
                .isEmpty();
    }

    @Test
    void looksFromTheInstantToTheHorizonButNotAtIt() {
        int horizon = (int) Duration.between(NOON, HORIZON).toSeconds();
        RateTerms terms = rated(
                splitting().build(),
                row("49", "0.60", 0, 60),
                row("49", "0.90", 60, horizon),
                row("49", "1.20", horizon, null));

        assertThat(terms.getRateChanges()).containsExactly(new RateChange(NOON.plusSeconds(60), amount("0.90"), "49"));
    }

    @Test
    void choosesTheRowAnewAtEachChangeAndGoesOnWhereNothingHolds() {
        RateRow blocked = blocked(row("49301", "0", 180, 240));
        RateTerms terms = rated(
                splitting().build(),
                row("49", "0.60", null, 300),
                row("4930", "0.90", 60, 120), // longer while it lives, then the shorter again
                blocked,
                row("49", "0.60", 360, null)); // a gap of a minute, then the same rate

        assertThat(terms.getRateChanges())
                .containsExactly(
                        new RateChange(NOON.plusSeconds(60), amount("0.90"), "4930"),
                        new RateChange(NOON.plusSeconds(120), amount("0.60"), "49"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_123})
    void givesEachSecondTheRateOfTheRowThatHoldsThen(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<RateRow> rows = rows(random);
            RateTerms terms = rated(splitting().build(), rows.toArray(RateRow[]::new));
            BigDecimal expected = terms.getRatePerMinute();
            for (int second = 0; second < 600; second++) {
                Instant at = NOON.plusSeconds(second);
                BigDecimal chosen = live(rows, at);
                expected = chosen == null ? expected : chosen;
                assertThat(inForce(terms, at))
                        .as("seed %d round %d second %d", seed, round, second)
                        .isEqualByComparingTo(expected);
            }
        }
    }

    private static List<RateRow> rows(Random random) {
        List<RateRow> rows = new ArrayList<>();
        rows.add(row("49", "0.60", null, random.nextBoolean() ? null : 1 + random.nextInt(300)));
        for (int i = random.nextInt(8); i > 0; i--) {
            int from = random.nextInt(500);
            RateRow row = row(
                    NUMBER.substring(0, 1 + random.nextInt(4)),
                    "0." + (1 + random.nextInt(3)),
                    from,
                    random.nextBoolean() ? null : from + 1 + random.nextInt(200));
            rows.add(random.nextInt(5) == 0 ? blocked(row) : row);
        }
        return startsRated(rows) ? rows : rows(random);
    }

    /** Two rows of a prefix with one beginning are left out: no import lets them in. */
    private static boolean startsRated(List<RateRow> rows) {
        long different = rows.stream()
                .map(row -> row.getPrefix() + row.getValidFrom())
                .distinct()
                .count();
        return different == rows.size() && live(rows, NOON) != null;
    }

    /** The rule of the design, row by row; null where no rate holds. */
    private static @Nullable BigDecimal live(List<RateRow> rows, Instant at) {
        RateRow best = null;
        for (RateRow row : rows) {
            boolean lives = !row.getValidFrom().isAfter(at)
                    && (row.getValidTo() == null || row.getValidTo().isAfter(at));
            if (lives && (best == null || isBetter(row, best))) {
                best = row;
            }
        }
        return best == null || best.getStatus() == RateStatus.BLOCKED_RATE ? null : best.getRatePerMinute();
    }

    private static boolean isBetter(RateRow row, RateRow than) {
        int longer = row.getPrefix().length() - than.getPrefix().length();
        return longer > 0 || (longer == 0 && row.getValidFrom().isAfter(than.getValidFrom()));
    }

    private static BigDecimal inForce(RateTerms terms, Instant at) {
        BigDecimal rate = terms.getRatePerMinute();
        for (RateChange change : terms.getRateChanges()) {
            rate = change.getAt().isAfter(at) ? rate : change.getRatePerMinute();
        }
        return rate;
    }

    private static RateTerms rated(Contract contract, RateRow... rows) {
        return ((ContractTerms.Rated) terms(contract, rows)).terms();
    }

    private static ContractTerms terms(Contract contract, RateRow... rows) {
        return ContractTerms.of(contract, RateDeck.of("retail", 9, List.of(rows)), NUMBER, NOON, HORIZON);
    }

    private static Contract.Builder splitting() {
        return Contract.newBuilder()
                .setId("acme-out")
                .setCarrier("acme")
                .setSide(Role.ORIGINATING)
                .setCurrency("EUR")
                .setDeck("retail")
                .setRevision(1)
                .setSplitAtRateChanges(true);
    }

    /** @param from seconds after noon; null for long before */
    private static RateRow row(String prefix, String rate, @Nullable Integer from, @Nullable Integer to) {
        return RateRow.newBuilder()
                .setPrefix(prefix)
                .setDestination("to " + prefix)
                .setRatePerMinute(amount(rate))
                .setInitialSeconds(1)
                .setIncrementSeconds(1)
                .setConnectFee(amount("0"))
                .setValidFrom(from == null ? Instant.EPOCH : NOON.plusSeconds(from))
                .setValidTo(to == null ? null : NOON.plusSeconds(to))
                .setStatus(RateStatus.ACTIVE_RATE)
                .build();
    }

    private static RateRow blocked(RateRow row) {
        return RateRow.newBuilder(row).setStatus(RateStatus.BLOCKED_RATE).build();
    }

    private static BigDecimal amount(String value) {
        return new BigDecimal(value).setScale(6);
    }
}
