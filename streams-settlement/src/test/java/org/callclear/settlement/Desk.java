package org.callclear.settlement;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.settlement.post.DoubleEntry;
import org.callclear.settlement.price.Pricing;
import org.callclear.settlement.reconcile.CallFile;
import org.callclear.settlement.reconcile.Files;
import org.callclear.settlement.reconcile.Finding;
import org.callclear.settlement.reconcile.Moment;
import org.callclear.settlement.reconcile.Placed;
import org.callclear.settlement.reconcile.Reconciliation;
import org.callclear.testkit.settlement.Posted;

/**
 * One call, by the pure functions alone: what a partition of the journal would make of its records. Its file is put away
 * and taken out again after each. Thousands of times faster than {@link World}.
 */
final class Desk {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final Reconciliation reconciliation = new Reconciliation(new Bookings.ListOfTerms(), 300_000);
    private final String callId;
    private final List<Posted> postings = new ArrayList<>();
    private final Map<String, Dispute> disputes = new TreeMap<>();
    private final List<ReconciledCall> calls = new ArrayList<>();
    private CallFile file = CallFile.empty();
    private long logMillis;

    Desk(String callId) {
        this.callId = callId;
    }

    Desk take(SpecificRecord record) {
        switch (record) {
            case Grant grant -> at(grant.getGrantedAt()).note(reconciliation.granted(file, grant, now()));
            case AcceptedCdr cdr -> at(cdr.getAcceptedAt()).note(reconciliation.reported(file, cdr, now()));
            case ResolveDispute order -> at(order.getRequestedAt()).note(reconciliation.resolved(file, order, now()));
            case RerateCall order -> at(order.getRequestedAt()).note(reconciliation.rerated(file, order, now()));
            default -> throw new IllegalArgumentException(record.getSchema().getName());
        }
        return this;
    }

    /** The journal's time goes on by other calls' records. */
    Desk passes(Duration logTime) {
        return at(Instant.ofEpochMilli(logMillis).plus(logTime));
    }

    /** What was found last; the last class holds though nothing was booked. */
    ReconciledCall call() {
        return calls.get(calls.size() - 1);
    }

    boolean foundNothing() {
        return calls.isEmpty();
    }

    List<Posted> postings() {
        return postings;
    }

    /** Account, kind, period and currency, and what they come to, if that is not nothing. */
    Map<String, String> balances() {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (Posted posting : postings) {
            String key = posting.account() + " " + posting.kind() + " " + posting.period() + " " + posting.currency();
            sums.merge(key, posting.amount(), BigDecimal::add);
        }
        Map<String, String> balances = new TreeMap<>();
        sums.forEach((key, sum) -> {
            if (sum.signum() != 0) {
                balances.put(key, sum.stripTrailingZeros().toPlainString());
            }
        });
        return balances;
    }

    /** Disputes by their names; those that ended by themselves count as never raised, as another order would have it. */
    Map<String, String> disputes() {
        Map<String, String> standing = new TreeMap<>();
        disputes.forEach((id, dispute) -> {
            if (!dispute.getState().equals("WITHDRAWN")) {
                standing.put(
                        id,
                        dispute.getState() + " " + dispute.getReconciliation() + " settled "
                                + dispute.getSettledMillis()
                                + " claimed " + dispute.getClaimedMillis() + " " + dispute.getOrigination() + " "
                                + dispute.getTermination() + " " + dispute.getPeriod());
            }
        });
        return standing;
    }

    /** The disputes that did not end by themselves, as they stand. */
    List<Dispute> standing() {
        return disputes.values().stream()
                .filter(dispute -> !dispute.getState().equals("WITHDRAWN"))
                .toList();
    }

    private Desk at(Instant seen) {
        logMillis = Math.max(logMillis, seen.toEpochMilli());
        return note(reconciliation.timeIsUp(file, now()));
    }

    private Moment now() {
        return new Moment(
                callId,
                logMillis,
                (terms, ratedAt) -> new Placed(
                        terms.getPeriodLength() == PeriodLength.DAY ? "day " + ratedAt / DAY_MILLIS : "month",
                        null,
                        1));
    }

    private Desk note(List<Finding> findings) {
        for (Finding finding : findings) {
            if (finding instanceof Finding.Changed changed) {
                calls.add(changed.call());
                DoubleEntry.of(Pricing.priced(changed)).stream()
                        .flatMap(Posted::of)
                        .forEach(postings::add);
            } else if (finding instanceof Finding.Disputed disputed) {
                disputes.put(disputed.dispute().getDisputeId(), disputed.dispute());
            }
        }
        file = CallFile.of(file.record(Files.NONE));
        return this;
    }
}
