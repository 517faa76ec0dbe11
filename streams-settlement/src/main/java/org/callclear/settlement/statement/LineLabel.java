package org.callclear.settlement.statement;

import java.util.Comparator;
import org.callclear.schemas.avro.LineKind;
import org.callclear.schemas.avro.LineName;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.avro.RoundingRule;

/**
 * What a line of a statement is about. Lines stand in the order of these, member by member.
 *
 * @param ratePerMinute with six decimals
 * @param originPeriod the period that what came late belongs to; empty for what came in time
 * @param disputeClass of what is withheld; else empty
 */
public record LineLabel(
        LineKind kind,
        Role side,
        String counterparty,
        String destination,
        String prefix,
        String ratePerMinute,
        String currency,
        RoundingLevel roundingLevel,
        RoundingRule roundingRule,
        int roundingScale,
        String originPeriod,
        String disputeClass)
        implements Comparable<LineLabel> {
    private static final Comparator<LineLabel> ORDER = Comparator.comparing(LineLabel::kind)
            .thenComparing(label -> label.side().name())
            .thenComparing(LineLabel::counterparty)
            .thenComparing(LineLabel::destination)
            .thenComparing(LineLabel::prefix)
            .thenComparing(LineLabel::ratePerMinute)
            .thenComparing(LineLabel::currency)
            .thenComparing(label -> label.roundingLevel().name())
            .thenComparing(label -> label.roundingRule().name())
            .thenComparing(label -> Integer.toString(label.roundingScale()))
            .thenComparing(LineLabel::originPeriod)
            .thenComparing(LineLabel::disputeClass);

    /** The label of a line, whatever revisions and days it is made of. */
    static LineLabel of(LineName line) {
        return new LineLabel(
                line.getKind(),
                line.getSide(),
                line.getCounterparty(),
                line.getDestination(),
                line.getPrefix(),
                line.getRatePerMinute().toPlainString(),
                line.getCurrency(),
                line.getRoundingLevel(),
                line.getRoundingRule(),
                line.getRoundingScale(),
                line.getOriginPeriod() == null ? "" : line.getOriginPeriod(),
                line.getReconciliation() == null ? "" : line.getReconciliation().name());
    }

    @Override
    public int compareTo(LineLabel other) {
        return ORDER.compare(this, other);
    }
}
