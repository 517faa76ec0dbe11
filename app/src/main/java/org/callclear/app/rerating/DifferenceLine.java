package org.callclear.app.rerating;

import java.math.BigDecimal;
import java.util.Comparator;
import org.callclear.schemas.avro.RateTerms;
import org.jspecify.annotations.Nullable;

/**
 * What changes on one line of a statement.
 *
 * @param name which line
 * @param calls how many change
 * @param before what they cost in the books, six decimals; 0 where there was no price
 * @param after what they are to cost
 * @param withheldBefore what stands in suspense for them
 * @param withheldAfter what is to stand there
 */
public record DifferenceLine(
        Name name,
        long calls,
        BigDecimal before,
        BigDecimal after,
        BigDecimal withheldBefore,
        BigDecimal withheldAfter) {
    /**
     * What the calls of a line have in common.
     *
     * @param attempt whether they are unanswered attempts, at a fee
     * @param counterparty the carrier on the other side
     * @param destination as the deck has it now
     * @param prefix as the deck has it now
     * @param rate a minute, until now; null where there was no price; for attempts the fee of one
     * @param newRate the same from now on
     */
    public record Name(
            boolean attempt,
            String counterparty,
            String destination,
            String prefix,
            @Nullable BigDecimal rate,
            BigDecimal newRate,
            String currency)
            implements Comparable<Name> {
        private static final Comparator<Name> ORDER = Comparator.comparing(Name::attempt)
                .thenComparing(Name::counterparty)
                .thenComparing(Name::destination)
                .thenComparing(Name::prefix)
                .thenComparing(name -> name.rate != null)
                .thenComparing(name -> name.rate == null ? BigDecimal.ZERO : name.rate)
                .thenComparing(Name::newRate)
                .thenComparing(Name::currency);

        @Override
        public int compareTo(Name other) {
            return ORDER.compare(this, other);
        }

        static Name of(Verdict.Changes change) {
            RatedCall call = change.call();
            return new Name(
                    call.attempt(),
                    call.counterparty(),
                    change.terms().getDestination(),
                    change.terms().getPrefix(),
                    change.before() == null ? null : rateOf(call, change.before()),
                    rateOf(call, change.terms()),
                    change.terms().getCurrency());
        }

        private static BigDecimal rateOf(RatedCall call, RateTerms terms) {
            return call.attempt() ? terms.getAttemptFee() : terms.getRatePerMinute();
        }
    }

    static DifferenceLine of(Verdict.Changes change) {
        return new DifferenceLine(
                Name.of(change),
                1,
                change.cost().settled(),
                change.newCost().settled(),
                change.cost().withheld(),
                change.newCost().withheld());
    }

    /** Both together, under this one's name. */
    DifferenceLine plus(DifferenceLine other) {
        return new DifferenceLine(
                name,
                calls + other.calls,
                before.add(other.before),
                after.add(other.after),
                withheldBefore.add(other.withheldBefore),
                withheldAfter.add(other.withheldAfter));
    }

    /** What is owed more than before; negative: less. */
    public BigDecimal difference() {
        return after.subtract(before);
    }

    /** What is withheld more than before; negative: less. */
    public BigDecimal withheldDifference() {
        return withheldAfter.subtract(withheldBefore);
    }
}
