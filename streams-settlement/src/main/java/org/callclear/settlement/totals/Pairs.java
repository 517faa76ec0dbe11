package org.callclear.settlement.totals;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.callclear.schemas.avro.PairTotal;
import org.callclear.schemas.avro.Position;
import org.callclear.schemas.avro.PricedLeg;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.rating.Billing;

/** What pairs of carriers owe: of one call, and added together. */
public final class Pairs {
    private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(Billing.POSTING_SCALE);

    private Pairs() {}

    /** What a priced call adds: one total, or one in each currency where the sides have different ones. */
    public static List<PairTotal> of(ReconciledCall call, int partition) {
        PricedLeg owed = Objects.requireNonNull(call.getOrigination());
        PricedLeg due = Objects.requireNonNull(call.getTermination());
        if (owed.getCurrency().equals(due.getCurrency())) {
            return List.of(total(call, partition, owed.getCurrency(), owed.getAmount(), due.getAmount()));
        }
        return List.of(
                total(call, partition, owed.getCurrency(), owed.getAmount(), NOTHING),
                total(call, partition, due.getCurrency(), NOTHING, due.getAmount()));
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

    /** The key of a position on its topic. */
    public static String topicKey(Position position) {
        return position.getOriginatingCarrier() + ">" + position.getTerminatingCarrier() + "|" + position.getCurrency()
                + "|" + position.getPeriod();
    }

    private static PairTotal total(
            ReconciledCall call, int partition, String currency, BigDecimal receivable, BigDecimal payable) {
        return new PairTotal(
                call.getPeriod(),
                partition,
                call.getOriginatingCarrier(),
                call.getTerminatingCarrier(),
                currency,
                1L,
                receivable,
                payable);
    }
}
