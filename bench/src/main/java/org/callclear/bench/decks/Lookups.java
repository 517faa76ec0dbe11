package org.callclear.bench.decks;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.rating.RateChoice;
import org.callclear.schemas.rating.RateDeck;
import org.jspecify.annotations.Nullable;

/** Asks two kinds of decks for the same numbers, in turn, and weighs them. */
final class Lookups {
    private static final int WARM_UPS = 3;
    private static final int COLLECTIONS = 4;
    private static final Instant AT = DeckMaker.VALID_FROM.plusSeconds(86_400);

    private final DeckOptions options;

    Lookups(DeckOptions options) {
        this.options = options;
    }

    /**
     * What came out.
     *
     * @param deckNanos a look-up of a price in the product's deck, by run
     * @param rowNanos the same when the chosen row is made too, with the name of its destination
     * @param mapNanos a look-up in the hash map, whose rows are made
     * @param different numbers for which the two did not choose the same row; must be 0
     */
    record Result(
            List<Double> deckNanos,
            List<Double> rowNanos,
            List<Double> mapNanos,
            double deckBytes,
            double mapBytes,
            long different) {}

    private interface AskedForRow {
        @Nullable
        RateRow row(String number);
    }

    private interface AskedForRate {
        @Nullable
        BigDecimal ratePerMinute(String number);
    }

    Result measure() {
        List<RateRow> rows = new DeckMaker(options.seed).rows(options.rows);
        String[] numbers = new DeckMaker(options.seed + 1).numbers(rows, options.lookups());
        RateDeck deck = RateDeck.of("bench", 1, rows);
        HashDeck map = new HashDeck(rows);
        AskedForRow inDeck = number -> rowOf(deck.choose(number, AT));
        AskedForRow inMap = number -> map.choose(number, AT);
        AskedForRate rateInDeck = number -> rateOf(deck.choose(number, AT));
        AskedForRate rateOfDeckRow = number -> rateOf(inDeck.row(number));
        AskedForRate rateInMap = number -> rateOf(inMap.row(number));
        List<Double> deckTimes = new ArrayList<>();
        List<Double> rowTimes = new ArrayList<>();
        List<Double> mapTimes = new ArrayList<>();
        for (int run = -WARM_UPS; run < options.plan.runs(); run++) {
            double first = nanos(numbers, rateInDeck);
            double second = nanos(numbers, rateOfDeckRow);
            double third = nanos(numbers, rateInMap);
            if (run >= 0) {
                deckTimes.add(first);
                rowTimes.add(second);
                mapTimes.add(third);
            }
        }
        return new Result(
                deckTimes,
                rowTimes,
                mapTimes,
                bytesOfARow(() -> RateDeck.of("weighed", 1, new DeckMaker(options.seed).rows(options.rows))),
                bytesOfARow(() -> new HashDeck(new DeckMaker(options.seed).rows(options.rows))),
                different(numbers, inDeck, inMap));
    }

    private static @Nullable RateRow rowOf(RateChoice choice) {
        return switch (choice) {
            case RateChoice.Rated rated -> rated.row();
            case RateChoice.Blocked blocked -> blocked.row();
            case RateChoice.Unrated none -> null;
        };
    }

    private static @Nullable BigDecimal rateOf(RateChoice choice) {
        return switch (choice) {
            case RateChoice.Rated rated -> rated.ratePerMinute();
            case RateChoice.Blocked blocked -> blocked.row().getRatePerMinute();
            case RateChoice.Unrated none -> null;
        };
    }

    private static @Nullable BigDecimal rateOf(@Nullable RateRow row) {
        return row == null ? null : row.getRatePerMinute();
    }

    /** Nanoseconds a look-up; the sum keeps the work from being left out. */
    private static double nanos(String[] numbers, AskedForRate asked) {
        long sum = 0;
        long begun = System.nanoTime();
        for (String number : numbers) {
            BigDecimal rate = asked.ratePerMinute(number);
            sum += rate == null ? 1 : rate.scale() + rate.signum();
        }
        double nanos = (double) (System.nanoTime() - begun) / numbers.length;
        if (sum == 0) {
            throw new IllegalStateException("nothing was found");
        }
        return nanos;
    }

    private static long different(String[] numbers, AskedForRow one, AskedForRow other) {
        long different = 0;
        for (String number : numbers) {
            if (!java.util.Objects.equals(one.row(number), other.row(number))) {
                different++;
            }
        }
        return different;
    }

    /** What the heap grows by, after collections, for what is made and all that only it holds. */
    private double bytesOfARow(Supplier<Object> made) {
        long before = used();
        Object held = made.get();
        try {
            return (double) (used() - before) / options.rows;
        } finally {
            java.lang.ref.Reference.reachabilityFence(held);
        }
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
