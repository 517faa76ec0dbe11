package org.callclear.clearinghouse.limit;

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
 * A limit as imported.
 *
 * @param carrier the originating carrier, or {@link #EVERY}
 * @param prefix the called prefix, or {@link #EVERY}
 * @param maxCallsPerSecond null for no maximum
 * @param maxConcurrentCalls null for no maximum
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

    /** A limit is for a destination, never for one number. */
    static final int LONGEST_PREFIX = 10;

    private static final Pattern PREFIX = Pattern.compile("[1-9][0-9]{0," + (LONGEST_PREFIX - 1) + "}");

    /** @throws IllegalArgumentException naming the field that cannot be used */
    public static LimitRule of(CallLimit limit) {
        String at = "limit " + PartyName.shown(limit.getCarrier() + "/" + limit.getPrefix());
        if (!limit.getCarrier().equals(EVERY)) {
            PartyName.require(at + ": carrier", new CarrierId(limit.getCarrier()).value());
        }
        if (!limit.getPrefix().equals(EVERY)
                && !PREFIX.matcher(limit.getPrefix()).matches()) {
            throw new IllegalArgumentException(
                    at + ": prefix: must be " + EVERY + " or 1 to " + LONGEST_PREFIX + " digits, not 0 first");
        }
        requireNotNegative(at, "maxCallsPerSecond", limit.getMaxCallsPerSecond());
        requireNotNegative(at, "maxConcurrentCalls", limit.getMaxConcurrentCalls());
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

    private static void requireNotNegative(String at, String field, @Nullable Integer most) {
        if (most != null && most < 0) {
            throw new IllegalArgumentException(at + ": " + field + " " + most + ": must not be negative");
        }
    }

    /** As on the topic. */
    public String key() {
        return carrier + "/" + prefix;
    }

    /** The currency of the cost; empty where it has no maximum. */
    String currency() {
        return maxCostPerHour == null ? "" : maxCostPerHour.currency().getCurrencyCode();
    }

    /** Whether what was counted under another limit counts the same under this one. */
    boolean countsAs(LimitRule other) {
        return java.util.Objects.equals(maxCallsPerSecond, other.maxCallsPerSecond)
                && currency().equals(other.currency());
    }
}
