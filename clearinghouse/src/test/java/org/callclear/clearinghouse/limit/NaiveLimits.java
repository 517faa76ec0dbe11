package org.callclear.clearinghouse.limit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
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

    /** What a side told of an answered leg. Times are epoch ms. */
    record Report(int leg, boolean originating, long from, long to, long cents) {
        BigInteger cost() {
            return UNITS_A_CENT
                    .multiply(BigInteger.valueOf(Math.ceilDiv(to - from, 1000L) * cents))
                    .divide(BigInteger.valueOf(60));
        }

        /** Charged to a minute of the clock. */
        BigInteger charge(long minute) {
            long first = Math.floorDiv(from, MINUTE);
            long last = Math.floorDiv(to, MINUTE);
            if (minute < first || minute > last) {
                return BigInteger.ZERO;
            }
            BigInteger upToEnd = minute == last ? cost() : share((minute + 1) * MINUTE);
            return upToEnd.subtract(minute == first ? BigInteger.ZERO : share(minute * MINUTE));
        }

        private BigInteger share(long until) {
            return cost().multiply(BigInteger.valueOf(until - from)).divide(BigInteger.valueOf(to - from));
        }

        boolean isDearerThan(Report other) {
            int cost = cost().compareTo(other.cost());
            return cost > 0 || (cost == 0 && (to > other.to || (to == other.to && from > other.from)));
        }
    }

    /** A call, and all that was ever told of it. */
    static final class Call {
        final String carrier;
        final String called;
        final long at;
        final long cents;
        final List<Report> reports = new ArrayList<>();

        Call(String carrier, String called, long at, long cents) {
            this.carrier = carrier;
            this.called = called;
            this.at = at;
            this.cents = cents;
        }

        boolean isOver() {
            return reports.stream().anyMatch(Report::originating);
        }

        boolean isUp(long now) {
            return !isOver() && Math.floorDiv(now, MINUTE) <= Math.floorDiv(lapse(), MINUTE);
        }

        long lapse() {
            return at + Calls.OVER_WITHIN.toMillis();
        }

        /** Whether it is of no account any more, and no report is taken of it. */
        boolean isForgotten(long now) {
            long end = isOver() ? reports.stream().mapToLong(Report::to).max().orElseThrow() : lapse();
            return Math.floorDiv(now, MINUTE) >= Math.floorDiv(end, MINUTE) + 62;
        }

        /** Of each leg the dearest report, of equally dear ones the latest. */
        private List<Report> dearest() {
            List<Report> dearest = new ArrayList<>();
            for (Report one : reports) {
                if (reports.stream().noneMatch(other -> other.leg == one.leg && other.isDearerThan(one))
                        && !dearest.contains(other(one))
                        && !dearest.contains(one)) {
                    dearest.add(one);
                }
            }
            return dearest;
        }

        /** The same as the other side would tell it. */
        private static Report other(Report one) {
            return new Report(one.leg, !one.originating, one.from, one.to, one.cents);
        }

        /** The reports whose cost counts: all legs of a call that is over, else those beside the dearest. */
        private List<Report> counting() {
            List<Report> counting = dearest();
            if (!isOver()) {
                counting.stream()
                        .filter(one -> counting.stream()
                                .noneMatch(other -> other.cost().compareTo(one.cost()) > 0))
                        .max(Comparator.comparingLong(Report::to)
                                .thenComparingLong(Report::from)
                                .thenComparingInt(Report::leg))
                        .ifPresent(counting::remove);
            }
            return counting;
        }

        /** Charged to a minute of the clock, as of another. */
        BigInteger charge(long minute, long current) {
            BigInteger sum = BigInteger.ZERO;
            for (Report one : counting()) {
                sum = sum.add(one.charge(minute));
            }
            long last = Math.min(current, Math.floorDiv(lapse(), MINUTE));
            boolean in = !isOver() && minute >= Math.floorDiv(at, MINUTE) && minute <= last;
            return in ? sum.add(UNITS_A_CENT.multiply(BigInteger.valueOf(cents))) : sum;
        }

        /** What the minutes from the answer on have really cost of the hour before an instant, in units, rounded down. */
        BigInteger trulyWithinTheHour(long now) {
            long overlap = isOver() ? 0 : overlap(at, Math.min(now, lapse()), now);
            for (Report one : counting()) {
                overlap += overlap(one.from, one.to, now);
            }
            return UNITS_A_CENT
                    .multiply(BigInteger.valueOf(cents))
                    .multiply(BigInteger.valueOf(overlap))
                    .divide(BigInteger.valueOf(MINUTE))
                    .subtract(BigInteger.TWO);
        }

        private static long overlap(long begin, long end, long now) {
            return Math.max(0, Math.min(end, now) - Math.max(begin, now - 60 * MINUTE));
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
