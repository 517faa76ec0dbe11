package org.callclear.settlement.reconcile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.callclear.schemas.avro.CallFile;
import org.callclear.schemas.avro.CallLeg;
import org.callclear.schemas.avro.CallReport;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.Role;
import org.callclear.settlement.reconcile.Reconciliation.Moment;
import org.jspecify.annotations.Nullable;

/** Looks at one attempt of a call after something happened. Lives for one look. */
final class LegReview {
    private static final long GIVEN_UP = -1;

    private final CallFile file;
    private final CallLeg leg;
    private final Moment now;
    private final long delayMillis;
    private final List<Finding> findings;
    private final @Nullable Grant grant;
    private final @Nullable GrantedRoute route;
    private List<CallReport> reports;

    LegReview(CallFile file, int leg, Moment now, long delayMillis, List<Finding> findings) {
        this.file = file;
        this.leg = Objects.requireNonNull(Reconciliation.find(file, leg), "leg " + leg);
        this.now = now;
        this.delayMillis = delayMillis;
        this.findings = findings;
        this.grant = file.getGrant();
        this.route = grant == null ? null : routeOf(grant, leg);
        this.reports = file.getReports();
    }

    /** A report or the grant came. */
    CallFile onNews() {
        disputeStrangers();
        CallReport originating = side(Role.ORIGINATING);
        CallReport terminating = side(Role.TERMINATING);
        if (grant != null && route != null && originating != null && terminating != null) {
            return leg.getClosed() ? withLeg(leg) : compare(grant, route, originating, terminating);
        }
        return withLeg(anyoneWaits() ? waiting() : leg);
    }

    /** What is missing will not be waited for any longer. */
    CallFile onTimeUp() {
        CallReport originating = side(Role.ORIGINATING);
        CallReport terminating = side(Role.TERMINATING);
        if (leg.getClosed() || leg.getWaitsUntil() <= 0 || !anyoneWaits()) {
            return file;
        }
        ReconciliationClass missing = grant == null
                ? ReconciliationClass.UNAUTHORIZED
                : terminating == null ? ReconciliationClass.ONLY_ORIGINATING : ReconciliationClass.ONLY_TERMINATING;
        Findings found = new Findings(leg.getLeg(), now.period(), originating, terminating);
        if (grant != null && route != null) {
            findings.add(new Finding.Withheld(found.call(grant, route, missing, null)));
        }
        findings.add(new Finding.Disputed(
                found.dispute(callId(), grant, route, missing, Findings.OPEN, "the other side has not reported")));
        return withLeg(new CallLeg(leg.getLeg(), GIVEN_UP, missing, false));
    }

    private CallFile compare(Grant grant, GrantedRoute route, CallReport originating, CallReport terminating) {
        if (originating.getAnsweredAt() == null && terminating.getAnsweredAt() == null) {
            return withLeg(new CallLeg(leg.getLeg(), 0L, leg.getDisputed(), true));
        }
        Comparison comparison = Comparison.of(grant, route, originating, terminating);
        Findings found = new Findings(leg.getLeg(), now.period(), originating, terminating);
        var call = found.call(grant, route, comparison.reconciliation(), comparison.settledMillis());
        findings.add(
                comparison.settledMillis() == null
                        ? new Finding.Withheld(call)
                        : new Finding.Settled(call, grant, route));
        String detail = Findings.explain(comparison.reconciliation());
        if (detail != null) {
            findings.add(new Finding.Disputed(
                    found.dispute(callId(), grant, route, comparison.reconciliation(), Findings.OPEN, detail)));
        } else if (leg.getDisputed() != null) {
            findings.add(new Finding.Disputed(found.dispute(
                    callId(), grant, route, leg.getDisputed(), Findings.SETTLED_LATE, "what was missing has come")));
        }
        return withLeg(new CallLeg(leg.getLeg(), 0L, leg.getDisputed(), true));
    }

    /** A report under a grant that does not name its reporter or its transaction can never pair. */
    private void disputeStrangers() {
        if (grant == null) {
            return;
        }
        List<CallReport> judged = new ArrayList<>();
        for (CallReport report : reports) {
            boolean fresh = report.getLeg() == leg.getLeg() && !report.getStranger() && !isParty(grant, route, report);
            if (fresh && report.getAnsweredAt() != null) {
                findings.add(new Finding.Disputed(Findings.stranger(callId(), report, now.period())));
            }
            judged.add(fresh ? asStranger(report) : report);
        }
        reports = judged;
    }

    private static boolean isParty(Grant grant, @Nullable GrantedRoute route, CallReport report) {
        if (route == null || !route.getTransactionId().equals(report.getTransactionId())) {
            return false;
        }
        String party =
                report.getRole() == Role.ORIGINATING ? grant.getOriginatingCarrier() : route.getTerminatingCarrier();
        return report.getReporter().equals(party);
    }

    private String callId() {
        return now.callId();
    }

    private boolean anyoneWaits() {
        return !leg.getClosed()
                && reports.stream()
                        .anyMatch(report -> report.getLeg() == leg.getLeg()
                                && !report.getStranger()
                                && report.getAnsweredAt() != null);
    }

    private CallLeg waiting() {
        return leg.getWaitsUntil() != 0
                ? leg
                : new CallLeg(leg.getLeg(), now.logMillis() + delayMillis, leg.getDisputed(), false);
    }

    /** Before the grant is there several may claim a side; then the first by name stands for it. */
    private @Nullable CallReport side(Role role) {
        return reports.stream()
                .filter(report -> report.getLeg() == leg.getLeg() && report.getRole() == role && !report.getStranger())
                .min(Comparator.comparing(CallReport::getReporter))
                .orElse(null);
    }

    private CallFile withLeg(CallLeg changed) {
        List<CallLeg> legs = file.getLegs().stream()
                .map(known -> known.getLeg() == changed.getLeg() ? changed : known)
                .toList();
        return new CallFile(grant, reports, legs);
    }

    private static @Nullable GrantedRoute routeOf(Grant grant, int leg) {
        return grant.getRoutes().stream()
                .filter(route -> route.getLeg() == leg)
                .findFirst()
                .orElse(null);
    }

    private static CallReport asStranger(CallReport report) {
        return CallReport.newBuilder(report).setStranger(true).build();
    }
}
