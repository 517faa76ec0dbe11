package org.callclear.systemtests.oracle;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.Agreement;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.Rating;
import org.callclear.schemas.avro.Role;
import org.jspecify.annotations.Nullable;

/**
 * What is there of one attempt.
 *
 * @param originating the originating party's report
 * @param terminating the terminating party's report
 * @param stray an answered report that cannot be told to be from a party, because there is no grant
 * @param granted null for leg 0, and while there is no grant
 */
record Sight(
        @Nullable AcceptedCdr originating,
        @Nullable AcceptedCdr terminating,
        @Nullable AcceptedCdr stray,
        @Nullable Grant granted,
        int leg) {
    static Sight of(PlainCall call, int leg, @Nullable Grant grant) {
        if (leg == 0 && grant == null) {
            List<AcceptedCdr> imported = call.reports.values().stream()
                    .filter(report ->
                            report.getCdr().getLeg() == 0 && report.getCdr().getTransactionId() == null)
                    .toList();
            if (!imported.isEmpty()) {
                Pairing pair = Pairing.of(imported);
                return new Sight(pair.originating(), pair.terminating(), null, null, 0);
            }
        }
        AcceptedCdr originating = null;
        AcceptedCdr terminating = null;
        AcceptedCdr stray = null;
        for (AcceptedCdr report : call.reports.values()) {
            CallDetailRecord cdr = report.getCdr();
            if (cdr.getLeg() != leg) {
                continue;
            }
            if (grant == null) {
                stray = earlier(stray, report);
            } else if (PlainCall.isParty(grant, report)) {
                originating = cdr.getRole() == Role.ORIGINATING ? report : originating;
                terminating = cdr.getRole() == Role.TERMINATING ? report : terminating;
            }
        }
        return new Sight(originating, terminating, stray, grant, leg);
    }

    private static @Nullable AcceptedCdr earlier(@Nullable AcceptedCdr stray, AcceptedCdr report) {
        if (report.getCdr().getAnsweredAt() == null) {
            return stray;
        }
        return stray == null || report.getAcceptedAt().isBefore(stray.getAcceptedAt()) ? report : stray;
    }

    private @Nullable AcceptedCdr only() {
        if (originating == null) {
            return terminating;
        }
        return terminating == null ? originating : null;
    }

    /** When the earliest answered report was taken in, while another is missing, ms since 1970; null while none is. */
    @Nullable
    Long waitsSince() {
        AcceptedCdr waiting = stray == null ? only() : stray;
        return waiting == null || waiting.getCdr().getAnsweredAt() == null
                ? null
                : Long.valueOf(waiting.getAcceptedAt().toEpochMilli());
    }

    Agreement agreement() {
        if (granted != null) {
            return Agreement.newBuilder()
                    .setToleranceSeconds(granted.getToleranceSeconds())
                    .setSettlingSide(granted.getSettlingSide())
                    .setGate(granted.getGate())
                    .setOneSidedDelaySeconds(granted.getOneSidedDelaySeconds())
                    .build();
        }
        AcceptedCdr stamped = originating == null ? terminating : originating;
        Agreement agreement = stamped == null ? null : stamped.getAgreement();
        return agreement == null ? Agreement.newBuilder().build() : agreement;
    }

    /** What it comes to, beside the other legs of the call; null while there is nothing to say. */
    @Nullable
    Finding finding(PlainLeg state, boolean givenUp, List<Sight> others) {
        if (stray != null) {
            return givenUp ? new Finding("UNAUTHORIZED", null, null, unpriced(stray)) : null;
        }
        if (originating != null && terminating != null) {
            if (!isAnswered(originating) && !isAnswered(terminating) && isImpossible()) {
                return null;
            }
            return Rules.both(
                            originating.getCdr(),
                            terminating.getCdr(),
                            contradiction(others),
                            agreement(),
                            most(),
                            basis(state))
                    .bounded();
        }
        AcceptedCdr only = only();
        if (only == null || !givenUp) {
            return null;
        }
        String found = originating == null ? "ONLY_TERMINATING" : "ONLY_ORIGINATING";
        return new Finding(found, null, Math.min(Rules.talked(only.getCdr()), most()), basis(state)).bounded();
    }

    private static Finding.Basis unpriced(AcceptedCdr report) {
        return new Finding.Basis(Rules.ratedAt(report.getCdr(), null), "", "", null, null);
    }

    private long most() {
        return granted == null ? Rules.UNLIMITED : route(granted).getMaxDurationSeconds() * 1000L;
    }

    private GrantedRoute route(Grant grant) {
        return grant.getRoutes().stream()
                .filter(route -> route.getLeg() == leg)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isAnswered(@Nullable AcceptedCdr report) {
        return report != null && report.getCdr().getAnsweredAt() != null;
    }

    /** The class under which two answered reports settle nothing, whatever they say of the talk time; null for none. */
    private @Nullable String contradiction(List<Sight> others) {
        if (isElsewhere(
                Objects.requireNonNull(originating).getCdr(),
                Objects.requireNonNull(terminating).getCdr())) {
            return "DESTINATION_MISMATCH";
        }
        if (isImpossible()) {
            return "IMPOSSIBLE_TIME";
        }
        return others.stream().anyMatch(this::comesAfter) ? "ANSWERED_TWICE" : null;
    }

    private boolean isImpossible() {
        if (granted == null) {
            return false;
        }
        Grant grant = granted;
        return Stream.of(originating, terminating)
                .filter(Objects::nonNull)
                .anyMatch(report -> Rules.isRuledOut(grant.getGrantedAt(), route(grant), report.getCdr()));
    }

    /** Whether this leg was answered after another one and before that was over, by the originating side's clock. */
    private boolean comesAfter(Sight other) {
        if (granted == null
                || !isAnswered(originating)
                || !isAnswered(other.originating)
                || !isAnswered(other.terminating)
                || other.isImpossible()
                || other.isElsewhere(
                        Objects.requireNonNull(other.originating).getCdr(),
                        Objects.requireNonNull(other.terminating).getCdr())) {
            return false;
        }
        CallDetailRecord there = Objects.requireNonNull(other.originating).getCdr();
        Instant here = Objects.requireNonNull(
                Objects.requireNonNull(originating).getCdr().getAnsweredAt());
        int order = here.compareTo(Objects.requireNonNull(there.getAnsweredAt()));
        return (order > 0 || (order == 0 && leg > other.leg)) && !here.isAfter(there.getEndedAt());
    }

    private boolean isElsewhere(CallDetailRecord o, CallDetailRecord t) {
        if (granted == null) {
            return !o.getCalled().equals(t.getCalled())
                    || !o.getOriginatingCarrier().equals(t.getOriginatingCarrier())
                    || !Objects.equals(o.getTerminatingCarrier(), t.getTerminatingCarrier());
        }
        return isElsewhere(granted, o) || isElsewhere(granted, t);
    }

    private boolean isElsewhere(Grant grant, CallDetailRecord report) {
        return !report.getCalled().equals(grant.getCalled())
                || !report.getOriginatingCarrier().equals(grant.getOriginatingCarrier())
                || (report.getTerminatingCarrier() != null
                        && !report.getTerminatingCarrier().equals(route(grant).getTerminatingCarrier()));
    }

    private Finding.Basis basis(PlainLeg state) {
        CallDetailRecord o = originating == null ? null : originating.getCdr();
        CallDetailRecord t = terminating == null ? null : terminating.getCdr();
        RateTerms owed = granted == null ? stamped(originating) : granted.getOriginationTerms();
        RateTerms due = granted == null ? stamped(terminating) : route(granted).getTerminationTerms();
        return new Finding.Basis(
                Rules.ratedAt(o, t),
                granted == null ? named(o, t).getOriginatingCarrier() : granted.getOriginatingCarrier(),
                granted == null
                        ? Objects.requireNonNullElse(named(t, o).getTerminatingCarrier(), "")
                        : route(granted).getTerminatingCarrier(),
                state.rerated.containsKey(Role.ORIGINATING) ? state.rerated.get(Role.ORIGINATING) : owed,
                state.rerated.containsKey(Role.TERMINATING) ? state.rerated.get(Role.TERMINATING) : due);
    }

    private static CallDetailRecord named(@Nullable CallDetailRecord own, @Nullable CallDetailRecord other) {
        return own == null ? Objects.requireNonNull(other) : own;
    }

    /** The terms stamped on the report of a side; null for none. */
    @Nullable
    RateTerms stamped(Role side) {
        return stamped(side == Role.ORIGINATING ? originating : terminating);
    }

    private static @Nullable RateTerms stamped(@Nullable AcceptedCdr report) {
        return report == null || report.getRating() != Rating.RATED ? null : report.getTerms();
    }
}
