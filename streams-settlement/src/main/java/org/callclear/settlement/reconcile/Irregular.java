package org.callclear.settlement.reconcile;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.callclear.schemas.avro.FileGrant;
import org.callclear.schemas.avro.FileReport;
import org.callclear.schemas.avro.FileRoute;
import org.callclear.schemas.avro.Irregularity;
import org.callclear.schemas.avro.Role;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with what was reported: a word for machines and a plain sentence for people. Found where the sides do not
 * agree, and decides no amount.
 *
 * @param sentence without a full stop and without a phone number; empty when the class says it all
 */
record Irregular(Irregularity kind, String sentence) {
    private static final long MILLIS = 1000;

    /** What is wrong with the reports of an attempt. */
    static List<Irregular> of(Attempt attempt) {
        if (!attempt.isAccountable()) {
            return List.of(new Irregular(Irregularity.NO_GRANT, ""));
        }
        List<Irregular> found = new ArrayList<>();
        Stream.of(attempt.sides().originating(), attempt.sides().terminating())
                .filter(Objects::nonNull)
                .forEach(report -> found.addAll(of(attempt, report)));
        FileReport elsewhere = attempt.answeredElsewhere();
        if (elsewhere != null) {
            found.add(new Irregular(
                    Irregularity.ANSWERED_ON_ANOTHER_LEG,
                    "the originating side reports an answer of this call on leg " + elsewhere.getLeg()));
        }
        return found;
    }

    /** Why an answered report is from no party of the attempt it names. */
    static Irregular ofStranger(CallFile file, FileReport report) {
        FileGrant grant = file.getGrant();
        if (grant == null && report.getTransactionId() != null) {
            return new Irregular(
                    Irregularity.NO_GRANT,
                    "the report names a transaction id, and no authorization of this call is known");
        }
        if (grant == null) {
            return new Irregular(
                    Irregularity.NOT_OF_THE_PAIR, "two other reports of this call are the ones that name each other");
        }
        FileRoute route = Files.route(grant, report.getLeg());
        if (route == null) {
            return report.getLeg() == 0
                    ? new Irregular(
                            Irregularity.AUTHORIZED_HERE,
                            "reported as traffic that was not authorized here, but this call was authorized here and is settled once")
                    : new Irregular(
                            Irregularity.LEG_NOT_GRANTED,
                            "leg " + report.getLeg() + " was not authorized: the grant of this call has no such leg");
        }
        String party =
                report.getRole() == Role.ORIGINATING ? grant.getOriginatingCarrier() : route.getTerminatingCarrier();
        if (!report.getReporter().equals(party)) {
            return new Irregular(
                    Irregularity.REPORTER_NOT_GRANTED,
                    report.getReporter() + " was not authorized as the " + side(report) + " of leg " + report.getLeg()
                            + " of this call");
        }
        for (FileRoute other : grant.getRoutes()) {
            if (other.getTransactionId().equals(report.getTransactionId())) {
                return new Irregular(
                        Irregularity.TRANSACTION_OF_ANOTHER_LEG,
                        "the transaction id that the report names is that of leg " + other.getLeg());
            }
        }
        return new Irregular(
                Irregularity.OTHER_TRANSACTION,
                report.getTransactionId() == null
                        ? "the report names no transaction id, and this leg was authorized under one"
                        : "the transaction id that the report names is not one of this call");
    }

    /** Each word once, in the order in which they were found. */
    static List<Irregularity> kinds(List<Irregular> found) {
        return found.stream().map(Irregular::kind).distinct().toList();
    }

    /** A sentence, and what is wrong after it. */
    static String explained(String sentence, List<Irregular> found) {
        StringBuilder text = new StringBuilder(sentence);
        found.stream()
                .map(Irregular::sentence)
                .filter(part -> !part.isEmpty())
                .forEach(part -> text.append("; ").append(part));
        return text.toString();
    }

    private static List<Irregular> of(Attempt attempt, FileReport report) {
        List<Irregular> found = new ArrayList<>();
        String side = "the " + side(report);
        if (!report.getCalled().equals(attempt.called())) {
            found.add(new Irregular(
                    Irregularity.OTHER_CALLED_NUMBER, side + " names another called number than " + measure(attempt)));
        }
        if (attempt.namesAnotherCarrier(report)) {
            found.add(new Irregular(
                    Irregularity.OTHER_CARRIER, side + " names another carrier than " + measure(attempt)));
        }
        Irregular time = time(attempt, report, side);
        if (time != null) {
            found.add(time);
        }
        if (attempt.isBeyondMost(report)) {
            found.add(new Irregular(
                    Irregularity.BEYOND_MAXIMUM,
                    side + " reports " + seconds(Files.talked(report)) + " of talk, and " + seconds(attempt.most())
                            + " were authorized"));
        }
        if (report.getVersion() > 1) {
            found.add(new Irregular(
                    Irregularity.CORRECTED, side + "'s report is a correction, version " + report.getVersion()));
        }
        return found;
    }

    private static @Nullable Irregular time(Attempt attempt, FileReport report, String side) {
        GrantedTimes times = attempt.times();
        Irregularity fault = times == null ? null : times.fault(report);
        if (times == null || fault == null) {
            return null;
        }
        String sentence = switch (fault) {
            case SET_UP_BEFORE_GRANT ->
                " says it was set up " + seconds(times.grantedAt() - report.getSetupAt()) + " before the grant";
            case SET_UP_AFTER_EXPIRY ->
                " says it was set up " + seconds(report.getSetupAt() - times.expiresAt()) + " after the token was over";
            default ->
                " says it was answered " + seconds(report.getAnsweredAt() - times.expiresAt())
                        + " after the token was over";
        };
        return new Irregular(fault, side + sentence);
    }

    private static String measure(Attempt attempt) {
        return attempt.grant() == null ? "the other side" : "was authorized";
    }

    private static String side(FileReport report) {
        return report.getRole() == Role.ORIGINATING ? "originating side" : "terminating side";
    }

    private static String seconds(long millis) {
        return BigDecimal.valueOf(millis)
                        .divide(BigDecimal.valueOf(MILLIS), 3, RoundingMode.UNNECESSARY)
                        .stripTrailingZeros()
                        .toPlainString()
                + " s";
    }
}
