package org.callclear.clearinghouse.limit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.CallLimit;

/**
 * The limits as their description reads: a list of all calls there ever were, looked through anew for each question. Rates are
 * a whole number of cents a minute, so an amount is a fraction of nothing smaller than a cent's 60,000th.
 */
final class NaiveLimits {
    private static final long MINUTE = 60_000;
    private static final BigInteger UNITS_A_CENT = BigInteger.valueOf(600_000);

    /** A call. */
    static final class Call {
        final String carrier;
        final String called;
        final long at;
        final long cents;
        long from = -1;
        long to = -1;
        long billedSeconds;

        Call(String carrier, String called, long at, long cents) {
            this.carrier = carrier;
            this.called = called;
            this.at = at;
            this.cents = cents;
        }

        boolean isUp(long now) {
            return to < 0 && Math.floorDiv(now, MINUTE) <= Math.floorDiv(lapse(), MINUTE);
        }

        long lapse() {
            return at + Calls.OVER_WITHIN.toMillis();
        }

        /** Charged to a minute of the clock, as of another. */
        BigInteger charge(long minute, long current) {
            if (to >= 0) {
                return reported(minute);
            }
            long last = Math.min(current, Math.floorDiv(lapse(), MINUTE));
            boolean in = minute >= Math.floorDiv(at, MINUTE) && minute <= last;
            return in ? UNITS_A_CENT.multiply(BigInteger.valueOf(cents)) : BigInteger.ZERO;
        }

        private BigInteger reported(long minute) {
            BigInteger all = BigInteger.valueOf(billedSeconds * cents)
                    .multiply(UNITS_A_CENT)
                    .divide(BigInteger.valueOf(60));
            long first = Math.floorDiv(from, MINUTE);
            long last = Math.floorDiv(to, MINUTE);
            if (minute < first || minute > last) {
                return BigInteger.ZERO;
            }
            BigInteger upToEnd = minute == last ? all : share(all, (minute + 1) * MINUTE);
            return upToEnd.subtract(minute == first ? BigInteger.ZERO : share(all, minute * MINUTE));
        }

        private BigInteger share(BigInteger all, long until) {
            return all.multiply(BigInteger.valueOf(until - from)).divide(BigInteger.valueOf(to - from));
        }

        /** What the minutes from the answer on have really cost of the hour before an instant, in units, rounded down. */
        BigInteger trulyWithinTheHour(long now) {
            long since = now - 60 * MINUTE;
            long begin = to >= 0 ? from : at;
            long end = to >= 0 ? to : Math.min(now, lapse());
            long overlap = Math.max(0, Math.min(end, now) - Math.max(begin, since));
            return UNITS_A_CENT
                    .multiply(BigInteger.valueOf(cents))
                    .multiply(BigInteger.valueOf(overlap))
                    .divide(BigInteger.valueOf(MINUTE))
                    .subtract(BigInteger.ONE);
        }
    }

    final List<Call> calls = new ArrayList<>();
    List<CallLimit> limits = List.of();

    /** The limits that refuse a call, as carrier/prefix and maximum; sorted. */
    List<String> refusals(Call call, long now) {
        Map<String, CallLimit> byPrefix = new HashMap<>();
        limits.stream().filter(l -> l.getCarrier().equals("*")).forEach(l -> byPrefix.put(l.getPrefix(), l));
        limits.stream().filter(l -> l.getCarrier().equals(call.carrier)).forEach(l -> byPrefix.put(l.getPrefix(), l));
        List<String> refusals = new ArrayList<>();
        for (CallLimit limit : byPrefix.values()) {
            if (isTo(limit, call.called)) {
                add(refusals, limit, call, now);
            }
        }
        return refusals.stream().sorted().toList();
    }

    private void add(List<String> refusals, CallLimit limit, Call call, long now) {
        List<Call> those = calls.stream()
                .filter(other -> other.carrier.equals(call.carrier) && isTo(limit, other.called))
                .toList();
        String name = limit.getCarrier() + "/" + limit.getPrefix();
        Integer rate = limit.getMaxCallsPerSecond();
        if (rate != null
                && those.stream().filter(other -> other.at > now - 1000).count() >= rate) {
            refusals.add(name + " LIMIT_CALL_RATE");
        }
        Integer most = limit.getMaxConcurrentCalls();
        if (most != null && those.stream().filter(other -> other.isUp(now)).count() >= most) {
            refusals.add(name + " LIMIT_CONCURRENT_CALLS");
        }
        if (limit.getMaxCostPerHour() != null) {
            BigInteger cost = cost(those, now).add(UNITS_A_CENT.multiply(BigInteger.valueOf(call.cents)));
            BigInteger mostCost = limit.getMaxCostPerHour()
                    .movePointRight(6)
                    .toBigIntegerExact()
                    .multiply(BigInteger.valueOf(60));
            if (cost.compareTo(mostCost) > 0) {
                refusals.add(name + " LIMIT_COST");
            }
        }
    }

    private static BigInteger cost(List<Call> those, long now) {
        long current = Math.floorDiv(now, MINUTE);
        BigInteger sum = BigInteger.ZERO;
        BigInteger truly = BigInteger.ZERO;
        for (Call call : those) {
            for (long minute = current - 60; minute <= current; minute++) {
                sum = sum.add(call.charge(minute, current));
            }
            truly = truly.add(call.trulyWithinTheHour(now));
        }
        if (sum.compareTo(truly) < 0) {
            throw new AssertionError("counts " + sum + ", less than the hour has cost: " + truly);
        }
        return sum;
    }

    private static boolean isTo(CallLimit limit, String called) {
        return limit.getPrefix().equals("*") || called.startsWith(limit.getPrefix());
    }
}
