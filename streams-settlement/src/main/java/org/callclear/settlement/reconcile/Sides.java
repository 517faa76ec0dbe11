package org.callclear.settlement.reconcile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.callclear.schemas.avro.FileGrant;
import org.callclear.schemas.avro.FileReport;
import org.callclear.schemas.avro.FileRoute;
import org.callclear.schemas.avro.Role;
import org.jspecify.annotations.Nullable;

/**
 * The two reports of an attempt that are from its parties; which ones does not depend on the order in which they came.
 *
 * @param originating null when it is not there
 * @param terminating null when it is not there
 */
record Sides(@Nullable FileReport originating, @Nullable FileReport terminating) {
    private static final Sides NONE = new Sides(null, null);

    static Sides of(CallFile file, int leg) {
        FileGrant grant = file.getGrant();
        if (grant != null) {
            FileRoute route = Files.route(grant, leg);
            return route == null ? NONE : granted(file.getReports(), grant, route);
        }
        Sides imported = leg == 0 ? imported(file.getReports()) : NONE;
        return imported.isEmpty() ? claimed(file.getReports(), leg) : imported;
    }

    boolean isEmpty() {
        return originating == null && terminating == null;
    }

    boolean areBoth() {
        return originating != null && terminating != null;
    }

    boolean anyAnswered() {
        return (originating != null && Files.isAnswered(originating))
                || (terminating != null && Files.isAnswered(terminating));
    }

    /** When intake took in the earlier of the reports that say it was answered, ms since 1970. */
    long firstAnswerTakenIn() {
        return Math.min(takenIn(originating), takenIn(terminating));
    }

    private static long takenIn(@Nullable FileReport report) {
        return report == null || !Files.isAnswered(report) ? Long.MAX_VALUE : Math.max(1, report.getAcceptedAt());
    }

    @SuppressWarnings("ReferenceEquality") // asks for this very report of the file
    boolean has(FileReport report) {
        return report == originating || report == terminating;
    }

    /** Whoever is there; the terminating one saw the answer first-hand. */
    FileReport any() {
        FileReport there = terminating == null ? originating : terminating;
        if (there == null) {
            throw new IllegalStateException("no report is there");
        }
        return there;
    }

    private static Sides granted(List<FileReport> reports, FileGrant grant, FileRoute route) {
        FileReport originating = null;
        FileReport terminating = null;
        for (FileReport report : reports) {
            if (report.getLeg() == route.getLeg() && route.getTransactionId().equals(report.getTransactionId())) {
                if (isFrom(report, Role.ORIGINATING, grant.getOriginatingCarrier())) {
                    originating = report;
                } else if (isFrom(report, Role.TERMINATING, route.getTerminatingCarrier())) {
                    terminating = report;
                }
            }
        }
        return new Sides(originating, terminating);
    }

    private static boolean isFrom(FileReport report, Role role, String carrier) {
        return report.getRole() == role && report.getReporter().equals(carrier);
    }

    /**
     * Two that name the same pair of carriers, of several pairs the one that was whole first: whoever learns of a call id later takes
     * nobody's place. While there are none, the first by name on each side.
     */
    private static Sides imported(List<FileReport> reports) {
        List<FileReport> originating = all(reports, 0, Role.ORIGINATING, Files::isImported);
        List<FileReport> terminating = all(reports, 0, Role.TERMINATING, Files::isImported);
        Sides found = NONE;
        for (FileReport one : originating) {
            for (FileReport other : terminating) {
                Sides pair = new Sides(one, other);
                if (samePair(one, other) && (found.isEmpty() || pair.wholeSince() < found.wholeSince())) {
                    found = pair;
                }
            }
        }
        return found.isEmpty() ? new Sides(first(originating), first(terminating)) : found;
    }

    private long wholeSince() {
        return Math.max(accepted(originating), accepted(terminating));
    }

    private static long accepted(@Nullable FileReport report) {
        return report == null ? Long.MAX_VALUE : report.getAcceptedAt();
    }

    /** Before the grant is there nobody is known to be a party. */
    private static Sides claimed(List<FileReport> reports, int leg) {
        return new Sides(
                first(all(reports, leg, Role.ORIGINATING, report -> true)),
                first(all(reports, leg, Role.TERMINATING, report -> true)));
    }

    private static List<FileReport> all(List<FileReport> reports, int leg, Role role, Predicate<FileReport> which) {
        List<FileReport> found = new ArrayList<>();
        for (FileReport report : reports) {
            if (report.getLeg() == leg && report.getRole() == role && which.test(report)) {
                found.add(report);
            }
        }
        found.sort(Comparator.comparing(FileReport::getReporter));
        return found;
    }

    private static @Nullable FileReport first(List<FileReport> reports) {
        return reports.isEmpty() ? null : reports.get(0);
    }

    private static boolean samePair(FileReport one, FileReport other) {
        return one.getOriginatingCarrier().equals(other.getOriginatingCarrier())
                && one.getTerminatingCarrier() != null
                && one.getTerminatingCarrier().equals(other.getTerminatingCarrier());
    }
}
