package org.callclear.clearinghouse.limit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.limit.LimitRule;
import org.callclear.schemas.money.ExactAmount;
import org.jspecify.annotations.Nullable;

/** What counts towards one limit of one carrier. What was counted of a call can be taken back exactly. */
final class Scope {
    private LimitRule rule;
    private final @Nullable RateWindow rate;
    private final @Nullable CostWindow cost;
    private int up;

    /** @param minute the minute that is running */
    Scope(LimitRule rule, long minute) {
        this.rule = rule;
        this.rate = rule.maxCallsPerSecond() == null ? null : new RateWindow(rule.maxCallsPerSecond());
        this.cost = rule.maxCostPerHour() == null ? null : new CostWindow(minute);
    }

    LimitRule rule() {
        return rule;
    }

    /** Another limit that counts the same. */
    void rule(LimitRule next) {
        rule = next;
    }

    void advance(long minute) {
        if (cost != null) {
            cost.advance(minute);
        }
    }

    /** What one more call would go beyond, what lasts longest first. */
    List<Strike> beyond(String carrier, Charge charge, long now) {
        List<Strike> strikes = new ArrayList<>(0);
        ExactAmount mostCost = rule.maxCostPerHour();
        if (cost != null && mostCost != null) {
            BigInteger then = cost.total().add(charge.first());
            if (!charge.currency().equals(rule.currency())) {
                strikes.add(new Strike(
                        DenialReason.LIMIT_COST, rule, carrier, "calls in " + charge.currency(), money(mostCost)));
            } else if (then.compareTo(mostCost.units()) > 0) {
                ExactAmount counted = new ExactAmount(cost.total(), mostCost.currency());
                strikes.add(new Strike(DenialReason.LIMIT_COST, rule, carrier, money(counted), money(mostCost)));
            }
        }
        Integer mostUp = rule.maxConcurrentCalls();
        if (mostUp != null && up >= mostUp) {
            strikes.add(new Strike(
                    DenialReason.LIMIT_CONCURRENT_CALLS,
                    rule,
                    carrier,
                    up + " calls are up",
                    Integer.toString(mostUp)));
        }
        if (rate != null && rate.isFull(now)) {
            strikes.add(new Strike(
                    DenialReason.LIMIT_CALL_RATE,
                    rule,
                    carrier,
                    rule.maxCallsPerSecond() + " calls in the last second",
                    String.valueOf(rule.maxCallsPerSecond())));
        }
        return strikes;
    }

    private static String money(ExactAmount amount) {
        return amount.rounded(6, java.math.RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString() + " " + amount.currency().getCurrencyCode();
    }

    /** A call has been granted. */
    void begin(TrackedCall call) {
        if (rate != null) {
            rate.add(call.grantedAt());
        }
        count(call, 1);
    }

    /** As if it had never been granted. */
    void withdraw(TrackedCall call) {
        if (rate != null) {
            rate.remove(call.grantedAt());
        }
        count(call, -1);
    }

    /** Adds what the call comes to as it stands now, or takes the same away. */
    void count(TrackedCall call, int sign) {
        if (call.isUp()) {
            up += sign;
        }
        if (cost != null && call.charge().currency().equals(rule.currency())) {
            charge(cost, call, sign);
        }
    }

    private static void charge(CostWindow cost, TrackedCall call, int sign) {
        call.reportedCost().forEach(talk -> spread(cost, talk, sign));
        if (!call.isOver()) {
            chargeMinutes(cost, call, sign);
        }
    }

    private static void chargeMinutes(CostWindow cost, TrackedCall call, int sign) {
        BigInteger perMinute = call.charge().perMinute().multiply(BigInteger.valueOf(sign));
        long granted = TrackedCall.minute(call.grantedAt());
        cost.add(granted, call.charge().first().multiply(BigInteger.valueOf(sign)));
        cost.add(granted + 1, call.isUp() ? cost.newest() : TrackedCall.minute(call.overAt()), perMinute);
        if (call.isUp()) {
            cost.run(perMinute);
        }
    }

    /** Shares out what a talk cost over its minutes, by time. */
    private static void spread(CostWindow cost, Talk talk, int sign) {
        BigInteger units = talk.units().multiply(BigInteger.valueOf(sign));
        long last = TrackedCall.minute(talk.to());
        for (long minute = Math.max(cost.oldest(), TrackedCall.minute(talk.from())); minute <= last; minute++) {
            BigInteger before = upTo(talk, minute * TrackedCall.MINUTE_MILLIS, units);
            BigInteger with = minute == last ? units : upTo(talk, (minute + 1) * TrackedCall.MINUTE_MILLIS, units);
            cost.add(minute, with.subtract(before));
        }
    }

    private static BigInteger upTo(Talk talk, long time, BigInteger units) {
        long elapsed = Math.max(0, time - talk.from());
        return elapsed == 0
                ? BigInteger.ZERO
                : units.multiply(BigInteger.valueOf(elapsed)).divide(BigInteger.valueOf(talk.to() - talk.from()));
    }
}
