package org.callclear.settlement.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.callclear.schemas.avro.FileGrant;
import org.callclear.schemas.avro.FileReport;
import org.callclear.schemas.avro.FileRoute;
import org.callclear.schemas.avro.Role;
import org.jspecify.annotations.Nullable;

/**
 * What a party's report says as the grant does need not be kept twice: such texts are kept empty. No report has an empty text
 * there: intake lets none in.
 */
final class Packing {
    private static final String AS_GRANTED = "";

    private static final int REPORTER = position("reporter");
    private static final int TRANSACTION_ID = position("transactionId");
    private static final int ORIGINATING_CARRIER = position("originatingCarrier");
    private static final int TERMINATING_CARRIER = position("terminatingCarrier");
    private static final int CALLED = position("called");

    private Packing() {}

    /** The reports as they are kept. */
    static List<FileReport> packed(List<FileReport> reports, @Nullable FileGrant grant) {
        List<FileReport> done = new ArrayList<>(reports.size());
        for (FileReport report : reports) {
            FileRoute route = Files.route(grant, report.getLeg());
            done.add(grant == null || route == null ? report : pack(report, grant, route));
        }
        return done;
    }

    /**
     * Makes reports again what they came as.
     *
     * @param reports just read, and known to nobody else
     */
    static void unpack(List<FileReport> reports, @Nullable FileGrant grant) {
        for (FileReport report : reports) {
            FileRoute route = Files.route(grant, report.getLeg());
            if (grant != null && route != null) {
                unpack(report, grant, route);
            }
        }
    }

    private static FileReport pack(FileReport report, FileGrant grant, FileRoute route) {
        return with(
                report,
                report.getReporter().equals(party(report, grant, route)) ? AS_GRANTED : report.getReporter(),
                Objects.equals(report.getTransactionId(), route.getTransactionId())
                        ? AS_GRANTED
                        : report.getTransactionId(),
                report.getOriginatingCarrier().equals(grant.getOriginatingCarrier())
                        ? AS_GRANTED
                        : report.getOriginatingCarrier(),
                Objects.equals(report.getTerminatingCarrier(), route.getTerminatingCarrier())
                        ? AS_GRANTED
                        : report.getTerminatingCarrier(),
                report.getCalled().equals(grant.getCalled()) ? AS_GRANTED : report.getCalled());
    }

    private static void unpack(FileReport report, FileGrant grant, FileRoute route) {
        if (report.getReporter().isEmpty()) {
            report.put(REPORTER, party(report, grant, route));
        }
        if (AS_GRANTED.equals(report.getTransactionId())) {
            report.put(TRANSACTION_ID, route.getTransactionId());
        }
        if (report.getOriginatingCarrier().isEmpty()) {
            report.put(ORIGINATING_CARRIER, grant.getOriginatingCarrier());
        }
        if (AS_GRANTED.equals(report.getTerminatingCarrier())) {
            report.put(TERMINATING_CARRIER, route.getTerminatingCarrier());
        }
        if (report.getCalled().isEmpty()) {
            report.put(CALLED, grant.getCalled());
        }
    }

    private static String party(FileReport report, FileGrant grant, FileRoute route) {
        return report.getRole() == Role.ORIGINATING ? grant.getOriginatingCarrier() : route.getTerminatingCarrier();
    }

    private static FileReport with(
            FileReport report,
            String reporter,
            @Nullable String transactionId,
            String originatingCarrier,
            @Nullable String terminatingCarrier,
            String called) {
        return new FileReport(
                report.getLeg(),
                report.getRole(),
                reporter,
                transactionId,
                originatingCarrier,
                terminatingCarrier,
                report.getGateway(),
                report.getCalling(),
                called,
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
                report.getEarlier(),
                report.getStrangerState(),
                report.getStrangerRevision(),
                report.getAcceptedAt());
    }

    private static int position(String field) {
        return FileReport.getClassSchema().getField(field).pos();
    }
}
