package org.callclear.settlement.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.PartyName;
import org.jspecify.annotations.Nullable;

/** Decides whether a report is fit to be settled by: every field, and that its reporter may say so. */
public final class CdrCheck {
    private static final Pattern TRANSACTION = Pattern.compile("[0-9a-f]{32}");
    private static final int MOST_LEGS = 16;
    private static final int MOST_CAUSE = 127;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration AHEAD = Duration.ofDays(1);

    private CdrCheck() {}

    /** What came of it. */
    public sealed interface Verdict {
        /** The report is fit. */
        record Fit() implements Verdict {}

        /** The first field at fault, and what is wrong with it; no phone number in it. */
        record Unfit(String field, String detail) implements Verdict {}
    }

    /**
     * Checks a report.
     *
     * @param reporter the carrier that the topic's name names
     * @param key the record's key
     * @param now when intake has it in hand
     */
    public static Verdict check(String reporter, @Nullable String key, CallDetailRecord cdr, Instant now) {
        Verdict[] inOrder = {
            names(key, cdr), parties(reporter, cdr), numbers(cdr), times(cdr, now), statuses(cdr),
        };
        for (Verdict verdict : inOrder) {
            if (verdict instanceof Verdict.Unfit) {
                return verdict;
            }
        }
        return new Verdict.Fit();
    }

    private static Verdict names(@Nullable String key, CallDetailRecord cdr) {
        if (!isCallId(cdr.getCallId())) {
            return unfit("callId", "must be the canonical form of a UUID version 7");
        }
        if (!cdr.getCallId().equals(key)) {
            return unfit("key", "must be the call id");
        }
        if (cdr.getLeg() < 0 || cdr.getLeg() > MOST_LEGS) {
            return unfit("leg", cdr.getLeg() + ": must be 0 to " + MOST_LEGS);
        }
        if (cdr.getVersion() < 1) {
            return unfit("version", cdr.getVersion() + ": must be at least 1");
        }
        String transaction = cdr.getTransactionId();
        if (transaction != null && !TRANSACTION.matcher(transaction).matches()) {
            return unfit("transactionId", "must be 32 lower-case hex digits");
        }
        return new Verdict.Fit();
    }

    private static Verdict parties(String reporter, CallDetailRecord cdr) {
        if (!PartyName.isValid(cdr.getOriginatingCarrier())) {
            return unfit("originatingCarrier", "not the form of a carrier's id");
        }
        if (!isAbsentOr(cdr.getTerminatingCarrier(), PartyName::isValid)) {
            return unfit("terminatingCarrier", "not the form of a carrier's id");
        }
        if (!isAbsentOr(cdr.getGateway(), PartyName::isValid)) {
            return unfit("gateway", "not the form of a gateway's id");
        }
        return switch (cdr.getRole()) {
            case ORIGINATING ->
                reporter.equals(cdr.getOriginatingCarrier())
                        ? new Verdict.Fit()
                        : unfit("originatingCarrier", cdr.getOriginatingCarrier() + ": reported by " + reporter);
            case TERMINATING ->
                reporter.equals(cdr.getTerminatingCarrier())
                        ? new Verdict.Fit()
                        : unfit("terminatingCarrier", cdr.getTerminatingCarrier() + ": reported by " + reporter);
            case UNKNOWN -> unfit("role", Role.UNKNOWN + ": must be ORIGINATING or TERMINATING");
        };
    }

    private static Verdict numbers(CallDetailRecord cdr) {
        if (!E164Number.isValid(cdr.getCalling())) {
            return unfit("calling", E164Number.mask(shortened(cdr.getCalling())) + ": not an E.164 number");
        }
        if (!E164Number.isValid(cdr.getCalled())) {
            return unfit("called", E164Number.mask(shortened(cdr.getCalled())) + ": not an E.164 number");
        }
        return new Verdict.Fit();
    }

    private static Verdict times(CallDetailRecord cdr, Instant now) {
        Instant answered = Objects.requireNonNullElse(cdr.getAnsweredAt(), cdr.getSetupAt());
        if (cdr.getSetupAt().isBefore(EARLIEST)) {
            return unfit("setupAt", cdr.getSetupAt() + ": before " + EARLIEST);
        }
        if (answered.isBefore(cdr.getSetupAt())) {
            return unfit("answeredAt", answered + ": before setupAt " + cdr.getSetupAt());
        }
        if (cdr.getEndedAt().isBefore(answered)) {
            return unfit("endedAt", cdr.getEndedAt() + ": before " + answered);
        }
        if (cdr.getEndedAt().isAfter(now.plus(AHEAD))) {
            return unfit("endedAt", cdr.getEndedAt() + ": more than a day ahead");
        }
        return new Verdict.Fit();
    }

    private static Verdict statuses(CallDetailRecord cdr) {
        boolean success = cdr.getSipStatus() >= 200 && cdr.getSipStatus() <= 299;
        if (cdr.getAnsweredAt() != null && !success) {
            return unfit("sipStatus", cdr.getSipStatus() + ": an answered call has 200 to 299");
        }
        if (cdr.getAnsweredAt() == null && (cdr.getSipStatus() < 300 || cdr.getSipStatus() > 699)) {
            return unfit("sipStatus", cdr.getSipStatus() + ": an unanswered attempt has 300 to 699");
        }
        if (cdr.getQ850Cause() < 0 || cdr.getQ850Cause() > MOST_CAUSE) {
            return unfit("q850Cause", cdr.getQ850Cause() + ": must be 0 to " + MOST_CAUSE);
        }
        return new Verdict.Fit();
    }

    private static Verdict unfit(String field, String detail) {
        return new Verdict.Unfit(field, detail);
    }

    private static boolean isAbsentOr(@Nullable String text, Predicate<String> form) {
        return text == null || form.test(text);
    }

    private static boolean isCallId(String text) {
        try {
            CallId.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A number field may hold anything, and at any length. */
    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), 20));
    }
}
