package org.callclear.settlement.totals;

import java.math.BigDecimal;
import org.callclear.schemas.avro.LineName;
import org.callclear.schemas.avro.LineSums;
import org.callclear.schemas.rating.Billing;

/** The names of statement lines, and what they come to. */
public final class Lines {
    private Lines() {}

    /** Tells every line from every other, sortable. Begins with the period and the carrier, see {@link #prefix}. */
    public static String key(LineName line) {
        return prefix(line.getPeriod(), line.getCarrier())
                + String.join(
                        Keys.SEPARATOR,
                        line.getKind().name(),
                        line.getSide().name(),
                        line.getCounterparty(),
                        line.getDestination(),
                        line.getPrefix(),
                        line.getRatePerMinute().toPlainString(),
                        line.getCurrency(),
                        line.getRoundingLevel().name(),
                        line.getRoundingRule().name(),
                        Integer.toString(line.getRoundingScale()),
                        line.getContract(),
                        line.getDeck(),
                        Integer.toString(line.getDay()),
                        line.getOriginPeriod() == null ? "" : line.getOriginPeriod(),
                        line.getReconciliation() == null
                                ? ""
                                : line.getReconciliation().name())
                + Keys.SEPARATOR;
    }

    /** How the keys of a carrier's lines in a period begin. */
    public static String prefix(String period, String carrier) {
        return period + Keys.SEPARATOR + carrier + Keys.SEPARATOR;
    }

    /** A line with its sums, as a partition of the journal knows them. */
    public static LineSums record(LineName line, int partition, Sums sums) {
        return new LineSums(
                line,
                partition,
                sums.calls(),
                sums.seconds(),
                sums.billedSeconds(),
                new BigDecimal(sums.exact()),
                sums.postedAmount());
    }

    /** The sums of such a record. */
    public static Sums sums(LineSums record) {
        return new Sums(
                record.getCalls(),
                record.getSeconds(),
                record.getBilledSeconds(),
                record.getExactUnits().toBigIntegerExact(),
                record.getPosted().setScale(Billing.POSTING_SCALE).unscaledValue());
    }
}
