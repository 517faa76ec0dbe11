package org.callclear.bench.decks;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;

/** Makes up a deck like a carrier's: countries, areas in them, exchanges in these; the same for the same seed. */
final class DeckMaker {
    /** How many prefixes libphonenumber's geocoder has. */
    static final int USUAL_ROWS = 266_155;

    static final Instant VALID_FROM = Instant.parse("2026-01-01T00:00:00Z");

    private static final int[][] STEPS = {{1, 1}, {30, 6}, {60, 60}, {60, 1}};
    private static final int PLACES = 60_000;
    private static final int LONGEST_NUMBER = 12;

    private final Random random;

    DeckMaker(long seed) {
        random = new Random(seed);
    }

    List<RateRow> rows(int count) {
        List<RateRow> rows = new ArrayList<>(count);
        for (String prefix : prefixes(count)) {
            rows.add(row(prefix));
        }
        return rows;
    }

    private List<String> prefixes(int count) {
        Set<String> prefixes = new LinkedHashSet<>();
        while (prefixes.size() < count) {
            String country = digits(String.valueOf(1 + random.nextInt(9)), random.nextInt(3));
            prefixes.add(country);
            String area = digits(country, 1 + random.nextInt(3));
            prefixes.add(area);
            for (int exchanges = random.nextInt(9); exchanges > 0; exchanges--) {
                prefixes.add(digits(area, 1 + random.nextInt(4)));
            }
        }
        return prefixes.stream().limit(count).toList();
    }

    private String digits(String begin, int more) {
        StringBuilder digits = new StringBuilder(begin);
        for (int i = 0; i < more; i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }

    private RateRow row(String prefix) {
        int[] step = STEPS[random.nextInt(STEPS.length)];
        return RateRow.newBuilder()
                .setPrefix(prefix)
                .setDestination("Place " + random.nextInt(PLACES) + " in " + prefix.charAt(0))
                .setRatePerMinute(BigDecimal.valueOf(1 + random.nextInt(999_999), 6))
                .setInitialSeconds(step[0])
                .setIncrementSeconds(step[1])
                .setConnectFee(BigDecimal.valueOf(random.nextInt(3) == 0 ? 1000 : 0, 6))
                .setValidFrom(VALID_FROM)
                .setStatus(random.nextInt(100) == 0 ? RateStatus.BLOCKED_RATE : RateStatus.ACTIVE_RATE)
                .build();
    }

    /** Called numbers with some prefix of the deck. */
    String[] numbers(List<RateRow> rows, int count) {
        String[] numbers = new String[count];
        for (int i = 0; i < count; i++) {
            String prefix = rows.get(random.nextInt(rows.size())).getPrefix();
            numbers[i] = digits(prefix, Math.max(0, LONGEST_NUMBER - prefix.length()));
        }
        return numbers;
    }
}
