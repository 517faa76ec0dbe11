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

    private Packing() {}

    /** The reports as they are kept. */
    static List<FileReport> packed(List<FileReport> reports, @Nullable FileGrant grant) {
        return each(reports, grant, Packing::pack);
    }

    /** The reports as they came. */
    static List<FileReport> unpacked(List<FileReport> reports, @Nullable FileGrant grant) {
        return each(reports, grant, Packing::unpack);
    }

    private interface Way {
        FileReport go(FileReport report, FileGrant grant, FileRoute route);
    }

    private static List<FileReport> each(List<FileReport> reports, @Nullable FileGrant grant, Way way) {
        List<FileReport> done = new ArrayList<>(Math.max(2, reports.size()));
        for (FileReport report : reports) {
            FileRoute route = Files.route(grant, report.getLeg());
            done.add(grant == null || route == null ? report : way.go(report, grant, route));
        }
        return done;
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

    private static FileReport unpack(FileReport report, FileGrant grant, FileRoute route) {
        return with(
                report,
                report.getReporter().isEmpty() ? party(report, grant, route) : report.getReporter(),
                AS_GRANTED.equals(report.getTransactionId()) ? route.getTransactionId() : report.getTransactionId(),
                report.getOriginatingCarrier().isEmpty()
                        ? grant.getOriginatingCarrier()
                        : report.getOriginatingCarrier(),
                AS_GRANTED.equals(report.getTerminatingCarrier())
                        ? route.getTerminatingCarrier()
                        : report.getTerminatingCarrier(),
                report.getCalled().isEmpty() ? grant.getCalled() : report.getCalled());
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
}
