package org.callclear.settlement.net;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Dated exchange rates. Rates are taken as published or turned round, never by way of a third currency. */
public final class RateBook {
    /** How old a rate may be on the day it is used. */
    public static final int OLDEST_DAYS = 7;

    private final Map<Pair, NavigableMap<LocalDate, BigDecimal>> rates;

    private RateBook(Map<Pair, NavigableMap<LocalDate, BigDecimal>> rates) {
        this.rates = rates;
    }

    private record Pair(String from, String to) {}

    /**
     * A book of these rates.
     *
     * @throws IllegalArgumentException when a pair has two rates for one day
     */
    public static RateBook of(Collection<ExchangeRate> rates) {
        Map<Pair, NavigableMap<LocalDate, BigDecimal>> byPair = new HashMap<>();
        for (ExchangeRate rate : rates) {
            BigDecimal other = byPair.computeIfAbsent(new Pair(rate.from(), rate.to()), pair -> new TreeMap<>())
                    .put(rate.date(), rate.rate());
            if (other != null) {
                throw new IllegalArgumentException(
                        "two rates from " + rate.from() + " to " + rate.to() + " for " + rate.date());
            }
        }
        return new RateBook(byPair);
    }

    /**
     * The latest rate of a pair that is dated on the day or at most {@value #OLDEST_DAYS} days before. When both ways
     * round are published, the later one holds, and of two for one day the direct one.
     */
    public Quote quote(String from, String to, LocalDate day) {
        if (from.equals(to)) {
            return new Quote.Found(from, to, day, BigDecimal.ONE, false);
        }
        Optional<Map.Entry<LocalDate, BigDecimal>> direct = latest(new Pair(from, to), day);
        Optional<Map.Entry<LocalDate, BigDecimal>> reverse = latest(new Pair(to, from), day);
        boolean inverse = reverse.isPresent()
                && direct.map(rate -> rate.getKey().isBefore(reverse.get().getKey()))
                        .orElse(true);
        return (inverse ? reverse : direct)
                .<Quote>map(rate -> new Quote.Found(from, to, rate.getKey(), rate.getValue(), inverse))
                .orElseGet(() -> new Quote.Missing(from, to, day));
    }

    private Optional<Map.Entry<LocalDate, BigDecimal>> latest(Pair pair, LocalDate day) {
        return Optional.ofNullable(rates.getOrDefault(pair, new TreeMap<>()).floorEntry(day))
                .filter(rate -> !rate.getKey().isBefore(day.minusDays(OLDEST_DAYS)));
    }
}
