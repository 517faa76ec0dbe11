package org.callclear.clearinghouse.limit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.callclear.schemas.limit.LimitRule;

/**
 * All limits as they stand at one moment. Immutable; safe for many threads.
 *
 * <p>A limit for a prefix holds beside the carrier's limit for all its calls: a call must stay within each that it comes
 * under. A limit for every carrier is counted for each of them by itself, and a carrier's own limit for the same prefix
 * stands in its place.
 */
public final class Limits {
    /** Nobody is limited. */
    public static final Limits NONE = new Limits(List.of());

    private final Map<String, Map<String, LimitRule>> byCarrier = new HashMap<>();
    private final Map<String, CarrierLimits> merged = new ConcurrentHashMap<>();

    /** @param rules one for each carrier and prefix */
    public Limits(Collection<LimitRule> rules) {
        for (LimitRule rule : rules) {
            byCarrier
                    .computeIfAbsent(rule.carrier(), carrier -> new HashMap<>())
                    .put(rule.prefix(), rule);
        }
    }

    CarrierLimits of(String carrier) {
        return byCarrier.isEmpty() ? CarrierLimits.NONE : merged.computeIfAbsent(carrier, this::merge);
    }

    private CarrierLimits merge(String carrier) {
        Map<String, LimitRule> rules = new HashMap<>(byCarrier.getOrDefault(LimitRule.EVERY, Map.of()));
        rules.putAll(byCarrier.getOrDefault(carrier, Map.of()));
        return new CarrierLimits(new ArrayList<>(rules.values()));
    }
}
