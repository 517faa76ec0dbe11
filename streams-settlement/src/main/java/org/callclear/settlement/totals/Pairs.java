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

    /**
     * Both sides of a pair, added up.
     *
     * @param owed what the originating carrier owes the clearinghouse
     * @param due what the clearinghouse owes the terminating carrier
     */
    public record Both(Sums owed, Sums due) {
        /** Of no calls. */
        public static final Both ZERO = new Both(Sums.ZERO, Sums.ZERO);

        /** With what a line of the pair adds; an attempt adds its fee, and is no call. */
        public Both plus(LineName line, Sums sums) {
            Sums counted = line.getKind() == LineKind.CALLS ? sums : new Sums(0, 0, 0, sums.exact(), sums.posted());
            return line.getSide() == Role.ORIGINATING
                    ? new Both(owed.plus(counted), due)
                    : new Both(owed, due.plus(counted));
        }
    }

    /** The total as a partition of the journal knows it. */
    public static PairTotal record(Pair pair, int partition, Both both) {
        return new PairTotal(
                pair.period(),
                partition,
                pair.originating(),
                pair.terminating(),
                pair.currency(),
                both.owed().calls() != 0 ? both.owed().calls() : both.due().calls(),
                both.owed().postedAmount(),
                both.due().postedAmount());
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
