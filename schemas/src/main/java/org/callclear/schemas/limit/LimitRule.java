package org.callclear.schemas.limit;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Pattern;
import org.callclear.schemas.avro.CallLimit;
import org.callclear.schemas.avro.LimitAction;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.money.ExactAmount;
import org.jspecify.annotations.Nullable;

/**
 * A limit that can be counted by. The one place that says what a limit may be: a file's rows and a topic's records are both
 * checked by it.
 *
 * @param carrier the originating carrier, or {@link #EVERY}
 * @param prefix the called prefix, or {@link #EVERY}
 * @param maxCallsPerSecond 0 to {@link #MOST_CALLS_PER_SECOND}; null for no maximum
 * @param maxConcurrentCalls 0 to {@link #MOST_CONCURRENT_CALLS}; null for no maximum
 * @param maxCostPerHour null for no maximum
 * @param refuses whether a call beyond it is refused; if not, it is only reported
 */
public record LimitRule(
        String carrier,
        String prefix,
        @Nullable Integer maxCallsPerSecond,
        @Nullable Integer maxConcurrentCalls,
        @Nullable ExactAmount maxCostPerHour,
        boolean refuses) {
    /** Stands for each carrier, or for all destinations together. */
    public static final String EVERY = "*";

    /** A limit is for a destination, never for one number: so many digits at most. */
    public static final int LONGEST_PREFIX = 10;

    /** More than a clearinghouse decides in a second. */
    public static final int MOST_CALLS_PER_SECOND = 10_000;

    /** More than a clearinghouse can count. */
    public static final int MOST_CONCURRENT_CALLS = 1_000_000;

    private static final Pattern PREFIX = Pattern.compile("[1-9][0-9]{0," + (LONGEST_PREFIX - 1) + "}");

    /** Whether a limit may be for the prefix: {@link #EVERY}, or some digits, the first not 0. */
    public static boolean isPrefix(String prefix) {
        return prefix.equals(EVERY) || PREFIX.matcher(prefix).matches();
    }

    /** The key of a limit on its topic. */
    public static String key(CallLimit limit) {
        return limit.getCarrier() + "/" + limit.getPrefix();
    }

    /** @throws IllegalArgumentException naming the field that cannot be used */
    public static LimitRule of(CallLimit limit) {
        String at = "limit " + PartyName.shown(key(limit));
        if (!limit.getCarrier().equals(EVERY)) {
            PartyName.require(at + ": carrier", new CarrierId(limit.getCarrier()).value());
        }
        if (!isPrefix(limit.getPrefix())) {
            throw new IllegalArgumentException(
                    at + ": prefix: must be " + EVERY + " or 1 to " + LONGEST_PREFIX + " digits, not 0 first");
        }
        requireUpTo(MOST_CALLS_PER_SECOND, at + ": maxCallsPerSecond", limit.getMaxCallsPerSecond());
        requireUpTo(MOST_CONCURRENT_CALLS, at + ": maxConcurrentCalls", limit.getMaxConcurrentCalls());
        return new LimitRule(
                limit.getCarrier(),
                limit.getPrefix(),
                limit.getMaxCallsPerSecond(),
                limit.getMaxConcurrentCalls(),
                cost(at, limit),
                limit.getAction() == LimitAction.REFUSE);
    }

    private static @Nullable ExactAmount cost(String at, CallLimit limit) {
        BigDecimal most = limit.getMaxCostPerHour();
        if (most == null) {
            return null;
        }
        if (most.signum() < 0) {
            throw new IllegalArgumentException(at + ": maxCostPerHour " + most + ": must not be negative");
        }
        try {
            return ExactAmount.of(most, Currency.getInstance(limit.getCurrency()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    at + ": currency '" + PartyName.shown(limit.getCurrency()) + "': not ISO 4217", e);
        }
    }

    private static void requireUpTo(int most, String field, @Nullable Integer maximum) {
        if (maximum != null && (maximum < 0 || maximum > most)) {
            throw new IllegalArgumentException(field + " " + maximum + ": must be 0 to " + most);
        }
    }

    /** As on the topic. */
    public String key() {
        return carrier + "/" + prefix;
    }

    /** ISO 4217, of the cost; empty where it has no maximum. */
    public String currency() {
        return maxCostPerHour == null ? "" : maxCostPerHour.currency().getCurrencyCode();
    }
}
