package org.callclear.settlement.totals;

import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.callclear.schemas.avro.LineTotal;
import org.callclear.schemas.avro.PricedLeg;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.rating.Billing;

/** Statement lines: of one call, and added together. */
public final class Lines {
    private Lines() {}

    /** The two lines a priced call stands on: the originating carrier's and the terminating carrier's. */
    public static List<LineTotal> of(ReconciledCall call, int partition) {
        return List.of(
                line(call, partition, Role.ORIGINATING, Objects.requireNonNull(call.getOrigination())),
                line(call, partition, Role.TERMINATING, Objects.requireNonNull(call.getTermination())));
    }

    /**
     * What makes two totals the same line, sortable: equal for totals of several partitions. Begins with the period and
     * the carrier, see {@link #prefix}.
     */
    public static String key(LineTotal line) {
        return prefix(line.getPeriod(), line.getCarrier())
                + String.join(
                        Keys.SEPARATOR,
                        line.getSide().name(),
                        line.getCounterparty(),
                        line.getDestination(),
                        line.getPrefix(),
                        line.getRatePerMinute().toPlainString(),
                        line.getCurrency(),
                        line.getRoundingLevel().name(),
                        line.getRoundingRule().name(),
                        Integer.toString(line.getRoundingScale()))
                + Keys.SEPARATOR;
    }

    /** How the keys of a carrier's lines in a period begin. */
    public static String prefix(String period, String carrier) {
        return period + Keys.SEPARATOR + carrier + Keys.SEPARATOR;
    }

    /** Both together; they must be the same line. The partition is the first one's. */
    public static LineTotal plus(LineTotal one, LineTotal other) {
        return LineTotal.newBuilder(one)
                .setCalls(Math.addExact(one.getCalls(), other.getCalls()))
                .setSeconds(Math.addExact(one.getSeconds(), other.getSeconds()))
                .setBilledSeconds(Math.addExact(one.getBilledSeconds(), other.getBilledSeconds()))
                .setExactUnits(one.getExactUnits().add(other.getExactUnits()))
                .setPosted(one.getPosted().add(other.getPosted()))
                .setEarliestAnswer(
                        one.getEarliestAnswer().isBefore(other.getEarliestAnswer())
                                ? one.getEarliestAnswer()
                                : other.getEarliestAnswer())
                .setLatestAnswer(
                        one.getLatestAnswer().isAfter(other.getLatestAnswer())
                                ? one.getLatestAnswer()
                                : other.getLatestAnswer())
                .setContracts(union(one.getContracts(), other.getContracts()))
                .setDecks(union(one.getDecks(), other.getDecks()))
                .build();
    }

    private static LineTotal line(ReconciledCall call, int partition, Role side, PricedLeg leg) {
        RateTerms terms = leg.getTerms();
        boolean originating = side == Role.ORIGINATING;
        return new LineTotal(
                call.getPeriod(),
                partition,
                originating ? call.getOriginatingCarrier() : call.getTerminatingCarrier(),
                side,
                originating ? call.getTerminatingCarrier() : call.getOriginatingCarrier(),
                terms.getDestination(),
                terms.getPrefix(),
                terms.getRatePerMinute(),
                leg.getCurrency(),
                terms.getRoundingLevel(),
                terms.getRoundingRule(),
                terms.getRoundingScale(),
                1L,
                Billing.wholeSeconds(Objects.requireNonNull(call.getSettledMillis()), terms.getDurationRounding()),
                leg.getBilledSeconds(),
                leg.getExactUnits(),
                leg.getAmount(),
                call.getAnsweredAt(),
                call.getAnsweredAt(),
                List.of(terms.getContract() + "@" + terms.getContractRevision()),
                List.of(terms.getDeck() + "@" + terms.getDeckRevision()));
    }

    private static List<String> union(List<String> one, List<String> other) {
        if (one.equals(other)) {
            return one;
        }
        TreeSet<String> all = new TreeSet<>(one);
        all.addAll(other);
        return List.copyOf(all);
    }
}
