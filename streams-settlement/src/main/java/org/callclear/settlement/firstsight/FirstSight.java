package org.callclear.settlement.firstsight;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Objects;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.FileReport;
import org.jspecify.annotations.Nullable;

/** Decides whether a report says something new. */
public final class FirstSight {
    /** How many corrections of one report are taken: each is remembered in the file of the call, which must not grow without end. */
    public static final int MOST_CORRECTIONS = 1000;

    private FirstSight() {}

    /** What a report is, compared with what is known under its key: call id, leg, role, reporter. */
    public enum Sight {
        /** Nothing was known under its key. */
        FIRST,
        /** The same report again, or one that was replaced since: to be ignored and counted. */
        REPEATED,
        /** Another content in a higher version: takes the place of the one known. */
        CORRECTION,
        /** What would be a correction, if the report had not been corrected so often that no more are taken. */
        TOO_MANY_VERSIONS,
        /** Another content in the same version: nobody can tell which one is right. */
        CONFLICT,
        /** Another content in a lower version, which comes after the one that corrects it. */
        SUPERSEDED
    }

    /** The report known under the key of another; null when there is none. */
    public static @Nullable FileReport known(List<FileReport> reports, AcceptedCdr accepted) {
        for (FileReport report : reports) {
            if (report.getLeg() == accepted.getCdr().getLeg()
                    && report.getRole() == accepted.getCdr().getRole()
                    && report.getReporter().equals(accepted.getReporter())) {
                return report;
            }
        }
        return null;
    }

    /** Compares a report with the one known under its key. */
    public static Sight judge(@Nullable FileReport known, FileReport report) {
        if (known == null) {
            return Sight.FIRST;
        }
        if (sameContent(known, report) || wasReplaced(known, report)) {
            return Sight.REPEATED;
        }
        int byVersion = Integer.compare(report.getVersion(), known.getVersion());
        if (byVersion > 0) {
            return known.getEarlier().size() < MOST_CORRECTIONS ? Sight.CORRECTION : Sight.TOO_MANY_VERSIONS;
        }
        return byVersion == 0 ? Sight.CONFLICT : Sight.SUPERSEDED;
    }

    /** What remains of a report that another takes the place of. */
    public static ByteBuffer digest(FileReport report) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", content(report)).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static boolean wasReplaced(FileReport known, FileReport report) {
        return !known.getEarlier().isEmpty() && known.getEarlier().contains(digest(report));
    }

    private static boolean sameContent(FileReport one, FileReport other) {
        return one.getVersion() == other.getVersion()
                && sameTimes(one, other)
                && one.getSipStatus() == other.getSipStatus()
                && one.getQ850Cause() == other.getQ850Cause()
                && one.getReleaseSource() == other.getReleaseSource()
                && one.getCalled().equals(other.getCalled())
                && one.getCalling().equals(other.getCalling())
                && Objects.equals(one.getTransactionId(), other.getTransactionId())
                && one.getOriginatingCarrier().equals(other.getOriginatingCarrier())
                && Objects.equals(one.getTerminatingCarrier(), other.getTerminatingCarrier())
                && sameOrUnsaid(one.getGateway(), other.getGateway());
    }

    /** Usage files have no gateway in them: a report that comes that way says again what the gateway's own said. */
    private static boolean sameOrUnsaid(@Nullable String one, @Nullable String other) {
        return one == null || other == null || one.equals(other);
    }

    private static boolean sameTimes(FileReport one, FileReport other) {
        return one.getSetupAt() == other.getSetupAt()
                && one.getAnsweredAt() == other.getAnsweredAt()
                && one.getEndedAt() == other.getEndedAt();
    }

    /** What tells reports apart. Intake has checked that nothing in it can hold a line break. */
    private static List<String> content(FileReport report) {
        return List.of(
                Integer.toString(report.getVersion()),
                Long.toString(report.getSetupAt()),
                Long.toString(report.getAnsweredAt()),
                Long.toString(report.getEndedAt()),
                Integer.toString(report.getSipStatus()),
                Integer.toString(report.getQ850Cause()),
                report.getReleaseSource().name(),
                report.getCalled(),
                report.getCalling(),
                String.valueOf(report.getTransactionId()),
                report.getOriginatingCarrier(),
                String.valueOf(report.getTerminatingCarrier()));
    }
}
