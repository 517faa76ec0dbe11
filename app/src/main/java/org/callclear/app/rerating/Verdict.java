package org.callclear.app.rerating;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.callclear.schemas.avro.PricedLeg;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.rating.ContractTerms;
import org.jspecify.annotations.Nullable;

/** What becomes of a call's price. */
sealed interface Verdict {
    /** The other side may have it that the call was longer, as where intake looks ahead to rate changes. */
    Duration LONGER = Duration.ofDays(1);

    RatedCall call();

    /**
     * It changes.
     *
     * @param before what it is priced by; null when it had no price
     * @param terms by which it is to be priced from now on
     * @param cost as it stands in the books
     * @param newCost what it is to cost
     */
    record Changes(RatedCall call, @Nullable RateTerms before, RateTerms terms, Cost cost, Cost newCost)
            implements Verdict {}

    /** It stays. */
    record Stays(RatedCall call, LeftAlone why) implements Verdict {}

    /** Judges one call: first whether its price may change, then whether it does. */
    static Verdict of(RatedCall call, Scope scope) {
        PricedLeg price = call.price();
        if (price == null && call.unrated()) {
            return looked(call, scope, terms -> new Changes(call, null, terms, Cost.NONE, Cost.by(terms, call)));
        }
        if (price == null) {
            return new Stays(call, call.claimedMillis() == null ? LeftAlone.NEVER_PRICED : LeftAlone.WITHHELD_ONLY);
        }
        LeftAlone bound = bound(call, scope, price.getTerms());
        if (bound != null) {
            return new Stays(call, bound);
        }
        return looked(call, scope, terms -> compared(call, price, terms));
    }

    private static Verdict looked(RatedCall call, Scope scope, Function<RateTerms, Verdict> priced) {
        Instant horizon = call.ratedAt().plusMillis(call.longestMillis()).plus(LONGER);
        return switch (ContractTerms.of(scope.contract(), scope.deck(), call.called(), call.ratedAt(), horizon)) {
            case ContractTerms.Blocked blocked -> new Stays(call, LeftAlone.BLOCKED);
            case ContractTerms.Unrated unrated -> new Stays(call, LeftAlone.UNRATED);
            case ContractTerms.Rated rated -> priced.apply(rated.terms());
        };
    }

    private static @Nullable LeftAlone bound(RatedCall call, Scope scope, RateTerms terms) {
        if (call.authorized() && scope.side() == Role.TERMINATING) {
            return LeftAlone.BOUND_BY_TOKEN;
        }
        if (call.authorized() && !scope.granted()) {
            return LeftAlone.GRANTED;
        }
        if (!terms.getCurrency().equals(scope.contract().getCurrency())) {
            return LeftAlone.OTHER_CURRENCY;
        }
        return isByTheSameRevisions(terms, scope) ? LeftAlone.SAME_PRICE : null;
    }

    /** Its terms are what the contract and the deck say now; nothing has to be looked up again. */
    private static boolean isByTheSameRevisions(RateTerms terms, Scope scope) {
        return terms.getContractRevision() == scope.contract().getRevision()
                && terms.getDeck().equals(scope.deck().name())
                && terms.getDeckRevision() == scope.deck().revision();
    }

    private static Verdict compared(RatedCall call, PricedLeg price, RateTerms terms) {
        Cost before = Cost.booked(call, price);
        Cost after = Cost.by(terms, call);
        return before.isSameAs(after)
                ? new Stays(call, LeftAlone.SAME_PRICE)
                : new Changes(call, price.getTerms(), terms, before, after);
    }
}
