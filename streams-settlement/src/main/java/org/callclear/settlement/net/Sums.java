package org.callclear.settlement.net;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Adds up amounts by currency and by something that has an order. */
final class Sums<K extends Comparable<K>> {
    private final SortedMap<String, SortedMap<K, BigDecimal>> byCurrency = new TreeMap<>();

    void add(String currency, K key, BigDecimal amount) {
        byCurrency.computeIfAbsent(currency, none -> new TreeMap<>()).merge(key, amount, BigDecimal::add);
    }

    SortedSet<String> currencies() {
        return Collections.unmodifiableSortedSet(new java.util.TreeSet<>(byCurrency.keySet()));
    }

    /** The sums in a currency, by key; those that came to 0 stay. */
    SortedMap<K, BigDecimal> in(String currency) {
        return Collections.unmodifiableSortedMap(byCurrency.getOrDefault(currency, new TreeMap<>()));
    }
}
