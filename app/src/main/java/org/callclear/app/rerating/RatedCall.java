package org.callclear.app.rerating;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.callclear.schemas.avro.PricedLeg;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.call.E164Number;
import org.jspecify.annotations.Nullable;

/**
 * A call as it stands in the books, seen from one side: as much of it as pricing anew needs.
 *
 * @param callId a UUIDv7
 * @param leg the attempt, from 1; 0 when the call was not authorized here
 * @param revision of what was found about it
 * @param called E.164 digits
 * @param counterparty the carrier on the other side
 * @param ratedAt the instant that rows are chosen for
 * @param settledMillis talk time that settles; null when none does. Of an unrated call the shorter one of the two: no less will settle
 * @param unrated whether nothing has settled because one of its sides had no price
 * @param claimedMillis talk time that is claimed and withheld for the rest; null when none is
 * @param longestMillis the longest talk time that either side reported
 * @param attempt whether it is an unanswered attempt that costs a fee
 * @param price what it costs now; null when nothing has settled
 */
record RatedCall(
        String callId,
        int leg,
        int revision,
        String called,
        String counterparty,
        Instant ratedAt,
        @Nullable Long settledMillis,
        boolean unrated,
        @Nullable Long claimedMillis,
        long longestMillis,
        boolean attempt,
        @Nullable PricedLeg price) {
    /** By rating instant, of the same instant by call and attempt. */
    static final Comparator<RatedCall> IN_TIME = Comparator.comparing(RatedCall::ratedAt)
            .thenComparing(RatedCall::callId)
            .thenComparingInt(RatedCall::leg);

    static RatedCall of(ReconciledCall call, Role side) {
        return new RatedCall(
                call.getCallId(),
                call.getLeg(),
                call.getRevision(),
                call.getCalled(),
                side == Role.ORIGINATING ? call.getTerminatingCarrier() : call.getOriginatingCarrier(),
                call.getAnsweredAt(),
                settled(call),
                isUnrated(call),
                call.getClaimedMillis(),
                longest(call),
                call.getAttempt(),
                leg(call, side));
    }

    /** What a side of a call costs; null when nothing has settled. */
    static @Nullable PricedLeg leg(ReconciledCall call, Role side) {
        return side == Role.ORIGINATING ? call.getOrigination() : call.getTermination();
    }

    /** Whether the clearinghouse authorized it, so that its terms were granted before it began. */
    boolean authorized() {
        return leg > 0;
    }

    /** Call id, slash, leg. */
    String id() {
        return callId + "/" + leg;
    }

    RatedCall pricedBy(PricedLeg other) {
        return new RatedCall(
                callId,
                leg,
                revision,
                called,
                counterparty,
                ratedAt,
                settledMillis,
                unrated,
                claimedMillis,
                longestMillis,
                attempt,
                other);
    }

    /** The called number as people may see it. */
    String maskedCalled() {
        return E164Number.mask(called);
    }

    /** For logs: without the number. */
    @Override
    public String toString() {
        return id() + " to " + maskedCalled() + " at " + ratedAt;
    }

    private static boolean isUnrated(ReconciledCall call) {
        return call.getLeg() == 0 && call.getReconciliation() == ReconciliationClass.UNRATED;
    }

    private static @Nullable Long settled(ReconciledCall call) {
        if (!isUnrated(call)) {
            return call.getSettledMillis();
        }
        return Math.min(orNone(call.getOriginatingMillis()), orNone(call.getTerminatingMillis()));
    }

    private static long longest(ReconciledCall call) {
        return Math.max(
                Math.max(orNone(call.getOriginatingMillis()), orNone(call.getTerminatingMillis())),
                Math.max(orNone(call.getSettledMillis()), orNone(call.getClaimedMillis())));
    }

    private static long orNone(@Nullable Long millis) {
        return Objects.requireNonNullElse(millis, 0L);
    }
}
