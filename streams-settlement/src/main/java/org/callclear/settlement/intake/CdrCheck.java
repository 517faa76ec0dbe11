package org.callclear.settlement.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.call.TransactionId;
import org.jspecify.annotations.Nullable;

/** Decides whether a report is fit to be settled by: every field, and that its reporter may say so. */
public final class CdrCheck {
    private static final int MOST_LEGS = 16;
    private static final int MOST_CAUSE = 127;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    /** Reports are made when the call is over: this is for clocks. */
    private static final Duration AHEAD = Duration.ofMinutes(10);
    /** Longer than anybody talks: a claim of years would be withheld from its counterparty until somebody decides. */
    private static final Duration LONGEST = Duration.ofDays(31);
    /** Settlement remembers for so long what it has seen: what is older could be a repetition. */
    private static final Duration REMEMBERED = Duration.ofDays(400);

    private static final Verdict FIT = new Verdict.Fit();

    private CdrCheck() {}

    /** What came of it. */
    public sealed interface Verdict {
        /** The report is fit. */
        record Fit() implements Verdict {}

        /** The first field at fault, a word for counting, and what is wrong with it; no phone number in it. */
        record Unfit(String reason, String field, String detail) implements Verdict {}
    }

    /**
     * Checks a report.
     *
     * @param reporter the carrier that the topic's name names
     * @param key the record's key
     * @param now when intake has it in hand
     */
    public static Verdict check(String reporter, @Nullable String key, CallDetailRecord cdr, Instant now) {
        Verdict verdict = names(key, cdr);
        verdict = verdict instanceof Verdict.Fit ? parties(reporter, cdr) : verdict;
        verdict = verdict instanceof Verdict.Fit ? numbers(cdr) : verdict;
        verdict = verdict instanceof Verdict.Fit ? times(cdr, now) : verdict;
        return verdict instanceof Verdict.Fit ? statuses(cdr) : verdict;
    }

    private static Verdict names(@Nullable String key, CallDetailRecord cdr) {
        if (!CallId.isValid(cdr.getCallId())) {
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
        if (transaction != null && !TransactionId.isValid(transaction)) {
            return unfit("transactionId", "must be 32 lower-case hex digits");
        }
        return FIT;
    }

    private static Verdict parties(String reporter, CallDetailRecord cdr) {
        if (!PartyName.isValid(cdr.getOriginatingCarrier())) {
            return unfit("originatingCarrier", "not the form of a carrier's id");
        }
        if (!isAbsentOrName(cdr.getTerminatingCarrier())) {
            return unfit("terminatingCarrier", "not the form of a carrier's id");
        }
        if (!isAbsentOrName(cdr.getGateway())) {
            return unfit("gateway", "not the form of a gateway's id");
        }
        return switch (cdr.getRole()) {
            case ORIGINATING ->
                reporter.equals(cdr.getOriginatingCarrier())
                        ? FIT
                        : unfit("originatingCarrier", cdr.getOriginatingCarrier() + ": reported by " + reporter);
            case TERMINATING ->
                reporter.equals(cdr.getTerminatingCarrier())
                        ? FIT
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
        return FIT;
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
            return unfit(
                    "endedAt",
                    cdr.getEndedAt() + ": more than " + AHEAD.toMinutes() + " min ahead of intake's clock, at " + now);
        }
        if (Duration.between(cdr.getSetupAt(), cdr.getEndedAt()).compareTo(LONGEST) > 0) {
            return unfit(
                    "endedAt",
                    cdr.getEndedAt() + ": more than " + LONGEST.toDays() + " days after setupAt " + cdr.getSetupAt());
        }
        if (cdr.getEndedAt().isBefore(now.minus(REMEMBERED))) {
            return new Verdict.Unfit(
                    "TOO_OLD", "endedAt", cdr.getEndedAt() + ": more than " + REMEMBERED.toDays() + " days ago");
        }
        return FIT;
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
        return FIT;
    }

    private static Verdict unfit(String field, String detail) {
        return new Verdict.Unfit("INVALID_FIELD", field, detail);
    }

    private static boolean isAbsentOrName(@Nullable String text) {
        return text == null || PartyName.isValid(text);
    }

    /** A number field may hold anything, and at any length. */
    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), 20));
    }
}
