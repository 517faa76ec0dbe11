package org.callclear.schemas.topics;

import java.util.Map;
import java.util.TreeMap;
import org.callclear.schemas.call.CarrierId;

/**
 * How many calls a second each carrier may start, and each of its gateways take, before the brokers slow it down.
 *
 * @param agreed calls per second of the carriers with a rate of their own, 1 to {@value #MOST}
 */
public record CallRates(Map<CarrierId, Integer> agreed) {
    /** Calls per second of a carrier that nothing else was agreed for. */
    public static final int USUAL = 300;

    /** The highest rate that can be agreed. */
    public static final int MOST = 100_000;

    /** @throws IllegalArgumentException when a rate is out of range */
    public CallRates {
        agreed = java.util.Collections.unmodifiableMap(new TreeMap<>(agreed));
        agreed.forEach((carrier, rate) -> require(carrier.value(), rate));
    }

    private static void require(String carrier, int rate) {
        if (rate < 1 || rate > MOST) {
            throw new IllegalArgumentException(carrier + ": must be 1 to " + MOST + " calls per second, not " + rate);
        }
    }

    /** The usual rate for everybody. */
    public static CallRates usual() {
        return new CallRates(Map.of());
    }

    /** Calls per second of a carrier. */
    public int of(CarrierId carrier) {
        return agreed.getOrDefault(carrier, USUAL);
    }
}
