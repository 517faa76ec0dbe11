package org.callclear.settlement.totals;

import org.callclear.schemas.avro.LineKind;
import org.callclear.schemas.avro.LineName;
import org.callclear.schemas.avro.PairTotal;
import org.callclear.schemas.avro.Position;
import org.callclear.schemas.avro.Role;

/** What pairs of carriers owe. A pair's total follows from the lines of both: there is nothing else to remember. */
public final class Pairs {
    private Pairs() {}

    /**
     * A pair in a currency and a period.
     *
     * @param originating the carrier the calls came from
     * @param terminating the carrier that completed them
     */
    public record Pair(String period, String originating, String terminating, String currency) {
        /** The pair that a line is about; null for what is withheld, which is in no total. */
        public static @org.jspecify.annotations.Nullable Pair of(LineName line) {
            boolean originating = line.getSide() == Role.ORIGINATING;
            return line.getKind() == LineKind.DISPUTED
                    ? null
                    : new Pair(
                            line.getPeriod(),
                            originating ? line.getCarrier() : line.getCounterparty(),
                            originating ? line.getCounterparty() : line.getCarrier(),
                            line.getCurrency());
        }
    }

    /** Both sides of a pair, added up: what the originating carrier owes, and what the terminating carrier is owed. For one thread. */
    public static final class Both {
        private final Tally owed = new Tally();
        private final Tally due = new Tally();

        /** Adds what a line of the pair adds; an attempt adds its fee, and is no call. */
        public void add(LineName line, Sums sums) {
            Tally side = line.getSide() == Role.ORIGINATING ? owed : due;
            if (line.getKind() == LineKind.CALLS) {
                side.add(sums);
            } else {
                side.addAmounts(sums);
            }
        }
    }

    /** The total as a partition of the journal knows it. */
    public static PairTotal record(Pair pair, int partition, Both both) {
        Sums owed = both.owed.sums();
        Sums due = both.due.sums();
        return new PairTotal(
                pair.period(),
                partition,
                pair.originating(),
                pair.terminating(),
                pair.currency(),
                owed.calls() != 0 ? owed.calls() : due.calls(),
                owed.postedAmount(),
                due.postedAmount());
    }

    /** What makes two totals the same position; equal for totals of several partitions. Begins with the period. */
    public static String key(PairTotal pair) {
        return prefix(pair.getPeriod())
                + String.join(
                        Keys.SEPARATOR, pair.getOriginatingCarrier(), pair.getTerminatingCarrier(), pair.getCurrency())
                + Keys.SEPARATOR;
    }

    /** How the keys of a period begin. */
    public static String prefix(String period) {
        return period + Keys.SEPARATOR;
    }

    /** Both together; they must be of one pair, currency and period. The partition is the first one's. */
    public static PairTotal plus(PairTotal one, PairTotal other) {
        return new PairTotal(
                one.getPeriod(),
                one.getSourcePartition(),
                one.getOriginatingCarrier(),
                one.getTerminatingCarrier(),
                one.getCurrency(),
                Math.addExact(one.getCalls(), other.getCalls()),
                one.getReceivable().add(other.getReceivable()),
                one.getPayable().add(other.getPayable()));
    }

    /** The position that a complete total shows. */
    public static Position position(PairTotal total) {
        return new Position(
                total.getOriginatingCarrier(),
                total.getTerminatingCarrier(),
                total.getCurrency(),
                total.getPeriod(),
                total.getCalls(),
                total.getReceivable(),
                total.getPayable(),
                total.getReceivable().subtract(total.getPayable()));
    }

    /** The key of a position's topic: ORIGINATING>TERMINATING|CURRENCY|PERIOD. */
    public static String topicKey(Position position) {
        return position.getOriginatingCarrier() + ">" + position.getTerminatingCarrier() + "|" + position.getCurrency()
                + "|" + position.getPeriod();
    }
}
