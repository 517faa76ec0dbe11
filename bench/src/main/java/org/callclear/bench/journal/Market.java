package org.callclear.bench.journal;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.callclear.schemas.avro.RateTerms;

/**
 * Who sells what to whom: 20 carriers, 14 that bill in EUR and 6 in USD, and 300 destinations, each completed by a few
 * preferred carriers. All of it follows from arithmetic, so it is the same whenever it is asked.
 */
final class Market {
    static final int CARRIERS = 20;
    static final int DESTINATIONS = 300;
    private static final int IN_EUR = 14;
    private static final int[][] STEPS = {{1, 1}, {60, 60}, {30, 6}, {1, 1}, {60, 1}};

    private Market() {}

    /** All carriers, by number. */
    static List<String> carriers() {
        return IntStream.range(0, CARRIERS).mapToObj(Market::carrier).toList();
    }

    static String carrier(int number) {
        return String.format(Locale.ROOT, "carrier-%02d", number);
    }

    /** A destination; the first ones are called most. */
    static int destination(Random random) {
        int one = random.nextInt(DESTINATIONS);
        return Math.min(one, random.nextInt(DESTINATIONS));
    }

    static String prefix(int destination) {
        return Integer.toString(1000 + destination * 7);
    }

    /** The carrier that is tried first or second, never the originating one; both bill in the same currency. */
    static int terminating(int originating, int destination, int choice) {
        int first = originating < IN_EUR ? 0 : IN_EUR;
        int size = originating < IN_EUR ? IN_EUR : CARRIERS - IN_EUR;
        int preferred = (destination * 5 + choice) % size;
        boolean itself = preferred == originating - first;
        return first + (itself ? (preferred + 2) % size : preferred);
    }

    /** What a carrier pays for a destination. */
    static RateTerms owed(int carrier, int destination) {
        return terms(carrier, destination, "sell", 4_000 + destination * 917L + carrier * 131L);
    }

    /** What a carrier is paid for a destination. */
    static RateTerms due(int carrier, int destination) {
        return terms(carrier, destination, "buy", 3_000 + destination * 811L + carrier * 97L);
    }

    private static RateTerms terms(int carrier, int destination, String deck, long micros) {
        int[] steps = STEPS[destination % STEPS.length];
        return RateTerms.newBuilder()
                .setContract(deck + "-" + carrier(carrier))
                .setContractRevision(4)
                .setDeck(deck + "-deck-" + carrier(carrier))
                .setDeckRevision(17)
                .setPrefix(prefix(destination))
                .setDestination("Destination " + destination)
                .setRatePerMinute(BigDecimal.valueOf(micros, 6))
                .setCurrency(carrier < IN_EUR ? "EUR" : "USD")
                .setInitialSeconds(steps[0])
                .setIncrementSeconds(steps[1])
                .setConnectFee(BigDecimal.valueOf(destination % 10 == 0 ? 2_500 : 0, 6))
                .build();
    }
}
