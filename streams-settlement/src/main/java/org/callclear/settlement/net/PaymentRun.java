package org.callclear.settlement.net;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.callclear.schemas.rating.Billing;

/**
 * What is paid now in one currency, and what is carried forward to the next netting. Payments are in the currency's minor
 * units; the clearinghouse takes what rounding and minimum payments leave, so that all columns sum to 0.
 *
 * @param currency ISO 4217
 * @param lines of every participant, by name
 * @param payments that settle what is paid now, directly
 */
public record PaymentRun(String currency, List<Line> lines, Payments payments) {
    /** Why something is carried forward. */
    public enum Carried {
        /** Nothing is. */
        NOTHING,
        /** The position has more decimals than a payment can have. */
        ROUNDING,
        /** The position is less than the participant's minimum payment. */
        BELOW_MINIMUM,
        /** The clearinghouse's counterpart of what all others carry forward. */
        RESIDUAL
    }

    /**
     * One participant. Plus: receives, minus: pays.
     *
     * @param participant a carrier's id or {@link Netting#CLEARINGHOUSE}
     * @param position the exact net position
     * @param settled what is paid now, in minor units
     * @param carried position less settled, exactly; it stays open on the account
     * @param why it is carried
     */
    public record Line(String participant, BigDecimal position, BigDecimal settled, BigDecimal carried, Carried why) {}

    /** Copies the lines. */
    public PaymentRun {
        lines = List.copyOf(lines);
    }

    /**
     * Decides what is paid.
     *
     * @param positions exact, by participant; plus: receives, minus: pays; the sum is 0
     * @param minimums by carrier: a position of less, either way, is carried forward whole
     * @throws IllegalArgumentException when the sum is not 0, or ISO 4217 knows no such currency
     */
    public static PaymentRun of(String currency, Map<String, BigDecimal> positions, Map<String, BigDecimal> minimums) {
        Payments.requireZero(positions);
        SortedMap<String, Line> lines = new TreeMap<>();
        positions.forEach((participant, position) -> {
            BigDecimal minimum = minimums.getOrDefault(participant, BigDecimal.ZERO);
            lines.put(participant, line(participant, position, minimum, currency));
        });
        takeResidual(lines, positions.getOrDefault(Netting.CLEARINGHOUSE, BigDecimal.ZERO), currency);
        Map<String, BigDecimal> settled =
                lines.values().stream().collect(Collectors.toMap(Line::participant, Line::settled));
        return new PaymentRun(currency, List.copyOf(lines.values()), Payments.settling(settled));
    }

    private static Line line(String participant, BigDecimal position, BigDecimal minimum, String currency) {
        BigDecimal exact = position.setScale(Billing.POSTING_SCALE);
        if (exact.signum() != 0 && exact.abs().compareTo(minimum) < 0) {
            BigDecimal none = MinorUnits.rounded(BigDecimal.ZERO, currency);
            return new Line(participant, exact, none, exact, Carried.BELOW_MINIMUM);
        }
        BigDecimal settled = MinorUnits.rounded(exact, currency);
        BigDecimal carried = exact.subtract(settled);
        return new Line(
                participant, exact, settled, carried, carried.signum() == 0 ? Carried.NOTHING : Carried.ROUNDING);
    }

    /** The clearinghouse has no minimum and is not rounded: it pays what the others receive. */
    private static void takeResidual(SortedMap<String, Line> lines, BigDecimal position, String currency) {
        Line own = lines.remove(Netting.CLEARINGHOUSE);
        BigDecimal settled =
                MinorUnits.rounded(sum(lines.values(), Line::settled).negate(), currency);
        BigDecimal carried = sum(lines.values(), Line::carried).negate();
        if (own != null || settled.signum() != 0 || carried.signum() != 0) {
            Carried why = carried.signum() == 0 ? Carried.NOTHING : Carried.RESIDUAL;
            BigDecimal exact = position.setScale(Billing.POSTING_SCALE);
            lines.put(Netting.CLEARINGHOUSE, new Line(Netting.CLEARINGHOUSE, exact, settled, carried, why));
        }
    }

    private static BigDecimal sum(Collection<Line> lines, Function<Line, BigDecimal> amount) {
        return lines.stream().map(amount).reduce(BigDecimal.ZERO.setScale(Billing.POSTING_SCALE), BigDecimal::add);
    }
}
