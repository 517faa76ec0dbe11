package org.callclear.schemas.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;
import org.callclear.schemas.rating.RateDeck.Edition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateDeckTest {
    private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");

    private static RateRow row(String prefix, String rate, Instant from, @Nullable Instant to, RateStatus status) {
        return RateRow.newBuilder()
                .setPrefix(prefix)
                .setDestination("to " + prefix)
                .setRatePerMinute(new BigDecimal(rate).setScale(6))
                .setInitialSeconds(30)
                .setIncrementSeconds(6)
                .setConnectFee(new BigDecimal("0.001000"))
                .setValidFrom(from)
                .setValidTo(to)
                .setStatus(status)
                .build();
    }

    private static RateRow row(String prefix, String rate, Instant from, @Nullable Instant to) {
        return row(prefix, rate, from, to, RateStatus.ACTIVE_RATE);
    }

    @Test
    void aRowComesBackAsItWentIn() {
        RateRow row = row("4915", "0.041200", JANUARY, JUNE);
        RateDeck deck = RateDeck.of("deck", 7, List.of(row, row("49", "0.012100", JANUARY, null)));

        assertThat(said(deck, "4915123456789", JANUARY)).isEqualTo(new Said.Rated(row, 7));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 300, 16_383, 16_384})
    void aDestinationOfAnyLengthComesBackAndSoDoItsNeighbours(int length) {
        List<String> names = List.of("x", "ü".repeat(length / 2) + "x".repeat(length % 2), "", "x");
        List<RateRow> rows = new ArrayList<>();
        for (String name : names) {
            rows.add(RateRow.newBuilder(row("49" + rows.size(), "0.01", JANUARY, null))
                    .setDestination(name)
                    .build());
        }
        RateDeck deck = RateDeck.of("deck", 1, rows);

        for (RateRow row : rows) {
            assertThat(said(deck, row.getPrefix(), JUNE)).isEqualTo(new Said.Rated(row, 1));
        }
    }

    @Test
    void aRowHoldsFromItsFirstInstantUntilBeforeItsLast() {
        RateDeck deck = RateDeck.of("deck", 1, List.of(row("49", "0.01", JANUARY, JUNE)));

        assertThat(deck.choose("4930", JANUARY)).isInstanceOf(RateChoice.Rated.class);
        assertThat(deck.choose("4930", JUNE.minusNanos(1))).isInstanceOf(RateChoice.Rated.class);
        assertThat(deck.choose("4930", JUNE)).isInstanceOf(RateChoice.Unrated.class);
        assertThat(deck.choose("4930", JANUARY.minusNanos(1))).isInstanceOf(RateChoice.Unrated.class);
    }

    @Test
    void aBlockedRowRefusesAndDoesNotFallThrough() {
        RateRow blocked = row("4915", "0", JANUARY, null, RateStatus.BLOCKED_RATE);
        RateDeck deck = RateDeck.of("deck", 1, List.of(row("49", "0.01", JANUARY, null), blocked));

        assertThat(said(deck, "4915123", JUNE)).isEqualTo(new Said.Blocked(blocked, 1));
    }

    @Test
    void ofTwoRevisionsThatSayTheSameTimeTheHigherIsChosen() {
        RateRow first = row("49", "0.01", JANUARY, null);
        RateRow second = row("49", "0.02", JANUARY, null);
        RateDeck deck = RateDeck.of("deck", List.of(new Edition(2, List.of(second)), new Edition(1, List.of(first))));

        assertThat(said(deck, "4930", JUNE)).isEqualTo(new Said.Rated(second, 2));
        assertThat(deck.revision()).isEqualTo(2);
    }

    @Test
    void aLaterValidFromGoesBeforeAHigherRevision() {
        RateRow later = row("49", "0.01", JUNE, null);
        RateRow newer = row("49", "0.02", JANUARY, null);
        RateDeck deck = RateDeck.of("deck", List.of(new Edition(1, List.of(later)), new Edition(2, List.of(newer))));

        assertThat(said(deck, "4930", JUNE)).isEqualTo(new Said.Rated(later, 1));
    }

    @Test
    void aDeckWithNothingInItRatesNothing() {
        RateDeck deck = RateDeck.of("deck", List.of());

        assertThat(deck.choose("4930", JUNE)).isInstanceOf(RateChoice.Unrated.class);
        assertThat(deck.nextChange("4930", JANUARY)).isEmpty();
        assertThat(deck.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+49", "49a", "1234567890123456"})
    void whatIsNoPrefixIsRefused(String prefix) {
        List<RateRow> rows = List.of(row(prefix, "0.01", JANUARY, null));

        assertThatThrownBy(() -> RateDeck.of("deck", 1, rows)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void choosesAsTheRuleInItsPlainWordsDoes(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            List<Edition> editions = randomEditions(random);
            RateDeck deck = RateDeck.of("deck", editions);
            for (int i = 0; i < 200; i++) {
                String called = randomDigits(random, 1 + random.nextInt(17));
                Instant at = randomInstant(random).plusMillis(random.nextInt(3) - 1);
                assertThat(said(deck, called, at))
                        .as("seed %d, round %d, %s at %s", seed, round, called, at)
                        .isEqualTo(plainly(editions, called, at));
            }
        }
    }

    /** From 10,000 rows on the first digits of a number lead to their place at once. */
    @ParameterizedTest
    @ValueSource(ints = {9_999, 10_000, 30_000})
    void aLargeDeckChoosesTheLongestPrefixToo(int size) {
        Random random = new Random(size);
        Map<String, RateRow> rows = new HashMap<>();
        while (rows.size() < size) {
            String prefix = randomDigits(random, "01234567", 1 + random.nextInt(7)); // no number with 8 or 9 has any
            rows.putIfAbsent(prefix, row(prefix, "0.01", JANUARY, null));
        }
        RateDeck deck = RateDeck.of("deck", 1, rows.values());

        for (int i = 0; i < 50_000; i++) {
            String called = randomDigits(random, "0123456789", 1 + random.nextInt(9));
            int odd = random.nextInt(30);
            if (odd < called.length()) {
                called = called.substring(0, odd) + "x+ :/".charAt(random.nextInt(5)) + called.substring(odd);
            }
            RateRow expected = null;
            for (int length = 1; length <= called.length(); length++) {
                expected = rows.getOrDefault(called.substring(0, length), expected);
            }
            assertThat(said(deck, called, JUNE))
                    .as(called)
                    .isEqualTo(expected == null ? new Said.Unrated() : new Said.Rated(expected, 1));
        }
        assertThat(deck.size()).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void betweenTwoChangesTheChoiceIsTheSame(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Edition> editions = randomEditions(random);
            RateDeck deck = RateDeck.of("deck", editions);
            String called = randomDigits(random, 6);
            Instant after = randomInstant(random);

            Optional<Instant> next = deck.nextChange(called, after);

            assertThat(next)
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(editions.stream()
                            .flatMap(edition -> edition.rows().stream())
                            .filter(row -> called.startsWith(row.getPrefix()))
                            .flatMap(row ->
                                    Stream.of(Optional.of(row.getValidFrom()), Optional.ofNullable(row.getValidTo())))
                            .flatMap(Optional::stream)
                            .filter(instant -> instant.isAfter(after))
                            .min(Comparator.naturalOrder()));
            Instant last = next.orElse(JUNE.plusSeconds(1_000_000)).minusMillis(1);
            assertThat(said(deck, called, last)).isEqualTo(said(deck, called, after));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void aDeckOfPiecesIsTheDeckOfTheWhole(long seed) {
        Random random = new Random(seed);
        List<Edition> editions = randomEditions(random);
        RateDeck.Builder builder = new RateDeck.Builder("deck");
        editions.forEach(edition -> builder.add(RateDeck.of("piece", List.of(edition))));

        RateDeck pieced = builder.build();

        for (int i = 0; i < 2000; i++) {
            String called = randomDigits(random, 8);
            Instant at = randomInstant(random);
            assertThat(said(pieced, called, at)).isEqualTo(plainly(editions, called, at));
        }
        List<RateRow> rows = new ArrayList<>();
        pieced.forEachRow(rows::add);
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(editions.stream()
                        .flatMap(edition -> edition.rows().stream())
                        .toList())
                .isSortedAccordingTo(Comparator.comparing(RateRow::getPrefix).thenComparing(RateRow::getValidFrom));
    }

    /** A choice, read out. */
    private sealed interface Said {
        record Rated(RateRow row, long revision) implements Said {}

        record Blocked(RateRow row, long revision) implements Said {}

        record Unrated() implements Said {}
    }

    private static Said said(RateDeck deck, String called, Instant at) {
        return switch (deck.choose(called, at)) {
            case RateChoice.Rated rated -> {
                RateRow row = rated.row();
                assertThat(rated.ratePerMinute()).isEqualTo(row.getRatePerMinute());
                assertThat(rated.isFor(row.getPrefix(), row.getValidFrom())).isTrue();
                assertThat(rated.isFor(row.getPrefix(), row.getValidFrom().plusMillis(1)))
                        .isFalse();
                assertThat(rated.isFor(row.getPrefix() + "0", row.getValidFrom()))
                        .isFalse();
                yield new Said.Rated(row, rated.deckRevision());
            }
            case RateChoice.Blocked blocked -> new Said.Blocked(blocked.row(), blocked.deckRevision());
            case RateChoice.Unrated none -> new Said.Unrated();
        };
    }

    /** The design's sentence, step by step. */
    private static Said plainly(List<Edition> editions, String called, Instant at) {
        record Candidate(RateRow row, long revision) {}
        List<Candidate> left = new ArrayList<>();
        for (Edition edition : editions) {
            for (RateRow row : edition.rows()) {
                boolean live = !row.getValidFrom().isAfter(at)
                        && (row.getValidTo() == null || row.getValidTo().isAfter(at));
                if (live && called.startsWith(row.getPrefix())) {
                    left.add(new Candidate(row, edition.revision()));
                }
            }
        }
        if (left.isEmpty()) {
            return new Said.Unrated();
        }
        int longest =
                left.stream().mapToInt(c -> c.row().getPrefix().length()).max().orElseThrow();
        left.removeIf(c -> c.row().getPrefix().length() < longest);
        Instant latest = left.stream()
                .map(c -> c.row().getValidFrom())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        left.removeIf(c -> c.row().getValidFrom().isBefore(latest));
        Candidate best =
                left.stream().max(Comparator.comparingLong(Candidate::revision)).orElseThrow();
        return best.row().getStatus() == RateStatus.BLOCKED_RATE
                ? new Said.Blocked(best.row(), best.revision())
                : new Said.Rated(best.row(), best.revision());
    }

    /** Few digits and few instants, so that prefixes nest and times overlap and meet; no two equal starts in a revision. */
    private static List<Edition> randomEditions(Random random) {
        List<Edition> editions = new ArrayList<>();
        for (long revision = 1; revision <= 1 + random.nextInt(3); revision++) {
            List<RateRow> rows = new ArrayList<>();
            for (int i = random.nextInt(60); i > 0; i--) {
                RateRow row = randomRow(random);
                if (rows.stream()
                        .noneMatch(other -> other.getPrefix().equals(row.getPrefix())
                                && other.getValidFrom().equals(row.getValidFrom()))) {
                    rows.add(row);
                }
            }
            editions.add(new Edition(revision, rows));
        }
        return editions;
    }

    private static RateRow randomRow(Random random) {
        Instant from = randomInstant(random);
        boolean open = random.nextInt(3) == 0;
        return row(
                randomDigits(random, 1 + random.nextInt(random.nextInt(8) == 0 ? 15 : 5)),
                BigDecimal.valueOf(random.nextInt(1_000_000), 6).toPlainString(),
                from,
                open ? null : from.plusSeconds(1 + random.nextInt(8)),
                random.nextInt(5) == 0 ? RateStatus.BLOCKED_RATE : RateStatus.ACTIVE_RATE);
    }

    private static String randomDigits(Random random, int length) {
        return randomDigits(random, "129", 1) + randomDigits(random, "1290", length - 1);
    }

    private static String randomDigits(Random random, String alphabet, int length) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < length; i++) {
            digits.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return digits.toString();
    }

    private static Instant randomInstant(Random random) {
        return JUNE.plusSeconds(random.nextInt(10));
    }
}
