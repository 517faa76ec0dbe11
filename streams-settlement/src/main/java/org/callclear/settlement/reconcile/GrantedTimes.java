package org.callclear.settlement.reconcile;

import org.callclear.schemas.avro.FileGrant;
import org.callclear.schemas.avro.FileReport;
import org.callclear.schemas.avro.FileRoute;
import org.callclear.schemas.avro.Irregularity;
import org.jspecify.annotations.Nullable;

/**
 * The times that a grant allows on one of its legs. A carrier that could name any would choose the rate and the period of its calls.
 *
 * @param grantedAt when the clearinghouse decided, ms since 1970
 * @param expiresAt when the token was over, ms since 1970
 */
record GrantedTimes(long grantedAt, long expiresAt) {
    /** Gateways let a token through when their clock is off by 30 s; as much again for another clock. */
    private static final long SKEW_MILLIS = 60_000;
    /** Nothing rings for longer than 10 min; the rest is for set-up and clocks. */
    private static final long ANSWER_MILLIS = 900_000;

    /** Null where the grant, or the release that kept it, does not say. */
    static @Nullable GrantedTimes of(@Nullable FileGrant grant, @Nullable FileRoute route) {
        return grant == null || route == null || grant.getGrantedAt() == 0
                ? null
                : new GrantedTimes(grant.getGrantedAt(), grant.getGrantedAt() + route.getValidMillis());
    }

    /** What the grant rules out of a report's times; null for nothing. */
    @Nullable
    Irregularity fault(FileReport report) {
        if (report.getSetupAt() < grantedAt - SKEW_MILLIS) {
            return Irregularity.SET_UP_BEFORE_GRANT;
        }
        if (report.getSetupAt() > expiresAt + SKEW_MILLIS) {
            return Irregularity.SET_UP_AFTER_EXPIRY;
        }
        return Files.isAnswered(report) && report.getAnsweredAt() > expiresAt + ANSWER_MILLIS
                ? Irregularity.ANSWERED_AFTER_EXPIRY
                : null;
    }
}
