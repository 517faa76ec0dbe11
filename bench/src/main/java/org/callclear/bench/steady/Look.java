package org.callclear.bench.steady;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What was seen at one moment; what could not be told is not in it. */
record Look(Instant at, Map<Quantity, Double> values) {
    Look {
        Map<Quantity, Double> told = new HashMap<>(values);
        told.values().removeIf(value -> value.isNaN());
        values = Map.copyOf(told);
    }
}
