package org.callclear.settlement;

import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.settlement.price.Booking;
import org.callclear.settlement.price.Pricing;
import org.callclear.settlement.reconcile.CallFile;
import org.callclear.settlement.reconcile.Finding;
import org.callclear.settlement.reconcile.Moment;
import org.callclear.settlement.reconcile.Placed;
import org.callclear.settlement.reconcile.Reconciliation;
import org.callclear.settlement.reconcile.TermsBook;
import org.callclear.testkit.settlement.CallStory;

/** Bookings of calls that both sides agree on, by the pure functions alone. */
public final class Bookings {
    private static final Placed NOVEMBER = new Placed("2026-11", null, 20_780);

    private Bookings() {}

    /** The booking of a call, in November 2026. */
    public static Booking of(CallStory story) {
        Reconciliation reconciliation = new Reconciliation(new ListOfTerms(), 60_000);
        Moment now = new Moment(story.callId(), 0, (terms, ratedAt) -> NOVEMBER);
        CallFile file = CallFile.empty();
        List<Finding> findings = new ArrayList<>(reconciliation.granted(file, story.grant(), now));
        findings.addAll(reconciliation.reported(file, story.originatingReport(), now));
        findings.addAll(reconciliation.reported(file, story.terminatingReport(), now));
        return findings.stream()
                .filter(Finding.Changed.class::isInstance)
                .map(changed -> Pricing.priced((Finding.Changed) changed))
                .findFirst()
                .orElseThrow();
    }

    /** Numbers terms in a list. */
    public static final class ListOfTerms implements TermsBook {
        private final List<RateTerms> terms = new ArrayList<>();

        @Override
        public long numberOf(RateTerms asked) {
            if (!terms.contains(asked)) {
                terms.add(asked);
            }
            return terms.indexOf(asked) + 1L;
        }

        @Override
        public RateTerms terms(long number) {
            return terms.get((int) number - 1);
        }
    }
}
