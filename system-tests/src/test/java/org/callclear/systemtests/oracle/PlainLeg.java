package org.callclear.systemtests.oracle;

import java.util.EnumMap;
import java.util.Map;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.schemas.avro.Role;
import org.jspecify.annotations.Nullable;

/** One attempt of a call: how long it has waited, its dispute, and what the books hold of it. */
final class PlainLeg {
    /** Log time since when it waits; null while it waits for nothing. */
    @Nullable Long waitsSince;

    /** What the books hold; null for nothing. */
    @Nullable PlainEntry entry;

    /** The terms that re-rating set. */
    final Map<Role, RateTerms> rerated = new EnumMap<>(Role.class);

    private @Nullable String found;
    private @Nullable String state;
    private @Nullable String outline;
    private @Nullable Long split;
    private @Nullable Finding finding;

    /** Judges the attempt anew; null: there is nothing to judge (yet). */
    void judge(@Nullable Finding now) {
        finding = now;
        if (now != null && now.isDisputable()) {
            dispute(now);
        } else if (state != null) {
            state = "WITHDRAWN";
            outline = null;
        }
    }

    private void dispute(Finding now) {
        if (!now.outline().equals(outline)) {
            state = "OPEN";
            outline = now.outline();
            split = null;
        }
        found = now.found();
    }

    /** The difference stays within the gate. */
    void letGo(Finding now) {
        judge(null);
        finding = now.letGo();
    }

    /** Decides an open dispute; whether there was one. */
    boolean resolve(ResolveDispute command) {
        if (!"OPEN".equals(state)) {
            return false;
        }
        state = command.getResolution().name();
        split = command.getSettledMillis();
        return true;
    }

    /** Class and state of the dispute; null when there never was one. */
    @Nullable String dispute() {
        return state == null ? null : found + " " + state;
    }

    /** What the books should hold now; null for nothing. */
    @Nullable PlainEntry due() {
        if (finding == null
                || finding.price().origination() == null
                || finding.price().termination() == null) {
            return null;
        }
        if (finding.isAttempt()) {
            return attempt(finding.price().origination(), finding.price().termination(), finding);
        }
        Long settles = settles(finding);
        Long withheld = "OPEN".equals(state) ? finding.claimed() : null;
        if (settles == null && withheld == null) {
            return null;
        }
        Finding.Basis basis = finding.price();
        return new PlainEntry(
                basis.ratedAt(),
                basis.from(),
                basis.to(),
                finding.price().origination(),
                finding.price().termination(),
                settles,
                withheld,
                false);
    }

    private @Nullable Long settles(Finding now) {
        if (!now.isDisputable() || outline == null || now.claimed() == null) {
            return now.settled();
        }
        if ("ACCEPTED".equals(state)) {
            return now.claimed();
        }
        return "SPLIT".equals(state) ? split : now.settled();
    }

    private static @Nullable PlainEntry attempt(RateTerms origination, RateTerms termination, Finding now) {
        boolean free =
                origination.getAttemptFee().signum() == 0 && termination.getAttemptFee().signum() == 0;
        return free
                ? null
                : new PlainEntry(
                        now.price().ratedAt(),
                        now.price().from(),
                        now.price().to(),
                        origination,
                        termination,
                        null,
                        null,
                        true);
    }
}
