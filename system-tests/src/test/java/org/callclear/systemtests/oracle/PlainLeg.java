package org.callclear.systemtests.oracle;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.schemas.avro.Role;
import org.jspecify.annotations.Nullable;

/** One attempt of a call: how long it has waited, its dispute, and what the books hold of it. */
final class PlainLeg {
    /** Log time at which it is given up, seconds since 1970; null while it waits for nothing, or has been given up. */
    @Nullable
    Long waitsUntil;

    /** Whether it has waited in vain; stays so while nothing more comes than corrections. */
    boolean givenUp;

    /** What the books hold; null for nothing. */
    @Nullable
    PlainEntry entry;

    /** The terms that re-rating set. */
    final Map<Role, RateTerms> rerated = new EnumMap<>(Role.class);

    private final Map<Role, Optional<RateTerms>> replaced = new EnumMap<>(Role.class);

    private @Nullable String found;
    private @Nullable String state;
    private @Nullable String outline;
    private @Nullable Long split;
    private @Nullable Finding finding;

    /** Prices a side by other terms than those stamped on its report. */
    void rerate(Role side, RateTerms terms, @Nullable RateTerms stamped) {
        rerated.put(side, terms);
        replaced.put(side, Optional.ofNullable(stamped));
    }

    /** What re-rating set in place of other terms than are stamped now holds no longer. */
    void compareStamps(Function<Role, @Nullable RateTerms> stamped) {
        rerated.keySet()
                .removeIf(side -> !Optional.ofNullable(stamped.apply(side)).equals(replaced.get(side)));
    }

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
        boolean owesMore = "ACCEPTED".equals(state) || "SPLIT".equals(state);
        if (!now.outline().equals(outline) || (owesMore && !now.price().isPriced())) {
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

    /** Decides an open dispute; whether there was one that can be decided so. */
    boolean resolve(ResolveDispute command) {
        if (!"OPEN".equals(state) || !fits(command)) {
            return false;
        }
        state = command.getResolution().name();
        split = command.getSettledMillis();
        return true;
    }

    private boolean fits(ResolveDispute command) {
        Long claimed = finding == null ? null : finding.claimed();
        Long named = command.getSettledMillis();
        boolean isPriced = finding != null && finding.price().isPriced(); // else one side alone would pay or be paid
        return switch (command.getResolution()) {
            case REJECTED, WITHDRAWN -> true;
            case ACCEPTED -> isPriced && claimed != null;
            case SPLIT -> isPriced && claimed != null && named != null && least() <= named && named <= claimed;
            case UNKNOWN_RESOLUTION -> false;
        };
    }

    private long least() {
        return finding == null || finding.settled() == null ? 0 : finding.settled();
    }

    /** Class and state of the dispute; null when there never was one. */
    @Nullable
    String dispute() {
        return state == null ? null : found + " " + state;
    }

    /** What the books should hold now; null for nothing. */
    @Nullable
    PlainEntry due() {
        if (finding == null) {
            return null;
        }
        if (finding.isAttempt()) {
            return attempt(finding.price());
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
                basis.origination(),
                basis.termination(),
                settles,
                withheld,
                withheld == null ? null : finding.found(),
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

    private static @Nullable PlainEntry attempt(Finding.Basis basis) {
        boolean free = isFree(basis.origination()) && isFree(basis.termination());
        return free
                ? null
                : new PlainEntry(
                        basis.ratedAt(),
                        basis.from(),
                        basis.to(),
                        basis.origination(),
                        basis.termination(),
                        null,
                        null,
                        null,
                        true);
    }

    private static boolean isFree(@Nullable RateTerms terms) {
        return terms == null || terms.getAttemptFee().signum() == 0;
    }
}
