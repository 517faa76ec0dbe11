package org.callclear.settlement.reconcile;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.Agreement;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.FileGrant;
import org.callclear.schemas.avro.FileReport;
import org.callclear.schemas.avro.FileRoute;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.avro.RateTerms;
import org.jspecify.annotations.Nullable;

/** What goes into the file of a call, and where it is in it. */
public final class Files {
    /** Stands where a time or a duration is missing. */
    public static final long NONE = -1;

    private Files() {}

    static FileGrant of(Grant grant, TermsBook book) {
        List<FileRoute> routes = new ArrayList<>(grant.getRoutes().size());
        for (GrantedRoute route : grant.getRoutes()) {
            routes.add(new FileRoute(
                    route.getLeg(),
                    route.getTerminatingCarrier(),
                    route.getTransactionId(),
                    route.getMaxDurationSeconds(),
                    book.numberOf(route.getTerminationTerms()),
                    route.getExpiresAt().toEpochMilli() - grant.getGrantedAt().toEpochMilli()));
        }
        return new FileGrant(
                grant.getOriginatingCarrier(),
                grant.getCalled(),
                new Agreement(
                        grant.getToleranceSeconds(),
                        grant.getSettlingSide(),
                        grant.getGate(),
                        grant.getOneSidedDelaySeconds()),
                book.numberOf(grant.getOriginationTerms()),
                routes,
                grant.getGrantedAt().toEpochMilli());
    }

    static FileReport of(AcceptedCdr accepted, TermsBook book) {
        CallDetailRecord cdr = accepted.getCdr();
        RateTerms terms = accepted.getTerms();
        return new FileReport(
                cdr.getLeg(),
                cdr.getRole(),
                accepted.getReporter(),
                cdr.getTransactionId(),
                cdr.getOriginatingCarrier(),
                cdr.getTerminatingCarrier(),
                cdr.getGateway(),
                cdr.getCalling(),
                cdr.getCalled(),
                cdr.getSetupAt().toEpochMilli(),
                millis(cdr.getAnsweredAt()),
                cdr.getEndedAt().toEpochMilli(),
                cdr.getSipStatus(),
                cdr.getQ850Cause(),
                cdr.getReleaseSource(),
                cdr.getVersion(),
                accepted.getSourcePartition(),
                accepted.getSourceOffset(),
                accepted.getRating(),
                terms == null ? 0 : book.numberOf(terms),
                accepted.getAgreement(),
                List.of(),
                "",
                0,
                accepted.getAcceptedAt().toEpochMilli());
    }

    /** The same report, with how the dispute stands that it is from no party. */
    static FileReport asStranger(FileReport report, List<ByteBuffer> earlier, String state, int revision) {
        return new FileReport(
                report.getLeg(),
                report.getRole(),
                report.getReporter(),
                report.getTransactionId(),
                report.getOriginatingCarrier(),
                report.getTerminatingCarrier(),
                report.getGateway(),
                report.getCalling(),
                report.getCalled(),
                report.getSetupAt(),
                report.getAnsweredAt(),
                report.getEndedAt(),
                report.getSipStatus(),
                report.getQ850Cause(),
                report.getReleaseSource(),
                report.getVersion(),
                report.getSourcePartition(),
                report.getSourceOffset(),
                report.getRating(),
                report.getTerms(),
                report.getAgreement(),
                earlier,
                state,
                revision,
                report.getAcceptedAt());
    }

    /** The leg of that number, which is put into the file when it is new. */
    static LegState leg(CallFile file, int number) {
        LegState known = find(file, number);
        if (known != null) {
            return known;
        }
        LegState leg = new LegState(number);
        file.getLegs().add(leg);
        return leg;
    }

    static @Nullable LegState find(CallFile file, int number) {
        for (LegState leg : file.getLegs()) {
            if (leg.getLeg() == number) {
                return leg;
            }
        }
        return null;
    }

    static @Nullable FileRoute route(@Nullable FileGrant grant, int leg) {
        if (grant != null) {
            for (FileRoute route : grant.getRoutes()) {
                if (route.getLeg() == leg) {
                    return route;
                }
            }
        }
        return null;
    }

    static boolean isAnswered(FileReport report) {
        return report.getAnsweredAt() != NONE;
    }

    /** Talk time in ms; 0 when it was not answered. */
    static long talked(FileReport report) {
        return isAnswered(report) ? report.getEndedAt() - report.getAnsweredAt() : 0;
    }

    /** Traffic that was not authorized here and comes by file. */
    static boolean isImported(FileReport report) {
        return report.getLeg() == 0 && report.getTransactionId() == null;
    }

    private static long millis(@Nullable Instant instant) {
        return instant == null ? NONE : instant.toEpochMilli();
    }
}
