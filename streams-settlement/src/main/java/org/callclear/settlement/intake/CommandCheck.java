package org.callclear.settlement.intake;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.callclear.schemas.avro.ClosePeriod;
import org.callclear.schemas.avro.NettingLine;
import org.callclear.schemas.avro.PostNetting;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.PartyName;
import org.callclear.settlement.period.Period;
import org.callclear.settlement.period.PeriodName;
import org.jspecify.annotations.Nullable;

/** Looks whether a command has a form that can be decided on. The answer is every fault at once; none, and it has. */
final class CommandCheck {
    static final int LONGEST_ID = 64;
    private static final int LONGEST_TEXT = 500;
    private static final int MOST_LEGS = 16;
    private static final int MOST_LINES = 10_000;
    private static final int MOST_DECIMALS = 6;

    private final List<String> faults = new ArrayList<>();

    private CommandCheck() {}

    /** Faults of a command to close a period; whether there is such a period is not its form. */
    static List<String> of(ClosePeriod command) {
        return new CommandCheck().asked(command.getRequestedBy(), command.getReason()).faults;
    }

    /** Faults of a decision on a dispute. */
    static List<String> of(ResolveDispute command) {
        CommandCheck check = new CommandCheck().asked(command.getRequestedBy(), command.getReason());
        check.call(command.getCallId(), command.getLeg());
        String attempt = command.getCallId() + "/" + command.getLeg();
        check.require(
                command.getDisputeId().equals(attempt) || command.getDisputeId().startsWith(attempt + "/"),
                "disputeId",
                command.getDisputeId(),
                "must be of the attempt that callId and leg name");
        check.require(
                command.getResolution() != Resolution.UNKNOWN_RESOLUTION,
                "resolution",
                command.getResolution(),
                "must be ACCEPTED, REJECTED, SPLIT or WITHDRAWN");
        Long millis = command.getSettledMillis();
        boolean split = command.getResolution() == Resolution.SPLIT;
        check.require(
                split ? millis != null && millis >= 0 : millis == null,
                "settledMillis",
                millis,
                split ? "SPLIT needs a talk time, not negative" : "goes with SPLIT only");
        return check.faults;
    }

    /**
     * Faults of a command to price a call anew.
     *
     * @param open the calendars in which there are periods to post to
     */
    static List<String> of(RerateCall command, Openings open) {
        CommandCheck check = new CommandCheck().asked(command.getRequestedBy(), command.getReason());
        check.call(command.getCallId(), command.getLeg());
        check.id("runId", command.getRunId());
        check.require(
                command.getSide() != Role.UNKNOWN, "side", command.getSide(), "must be ORIGINATING or TERMINATING");
        check.faults.addAll(TermsCheck.of(command.getTerms(), open));
        return check.faults;
    }

    /** Faults of a command to post the payments of a netting. */
    static List<String> of(PostNetting command, InForce inForce) {
        CommandCheck check = new CommandCheck().asked(command.getRequestedBy(), command.getReason());
        check.require(
                Period.parse(command.getPeriod()).isPresent(),
                "period",
                command.getPeriod(),
                "must be " + PeriodName.FORMS + ", with @ and the zone where that is not UTC");
        check.require(isCurrency(command.getCurrency()), "currency", command.getCurrency(), "must be ISO 4217");
        Collection<NettingLine> lines = command.getLines();
        check.require(
                !lines.isEmpty() && lines.size() <= MOST_LINES, "lines", lines.size(), "must be 1 to " + MOST_LINES);
        Set<String> seen = new HashSet<>();
        lines.stream().limit(MOST_LINES).forEach(line -> check.line(line, inForce, seen));
        return check.faults;
    }

    /** Whether an id may name a command: it becomes a key, and stands in every barrier. */
    static boolean isId(String id) {
        return !id.isBlank() && id.length() <= LONGEST_ID;
    }

    /** The one line that the answer to a malformed command is. */
    static String answer(List<String> faults) {
        return "malformed: " + SetAside.shortened(String.join("; ", faults), 2 * LONGEST_TEXT);
    }

    static boolean isCurrency(String code) {
        try {
            return code.length() == 3
                    && !Currency.getInstance(code).getCurrencyCode().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private CommandCheck asked(String requestedBy, String reason) {
        text("requestedBy", requestedBy);
        text("reason", reason);
        return this;
    }

    private void text(String field, String text) {
        require(
                !text.isBlank() && text.length() <= LONGEST_TEXT,
                field,
                text.length() + " characters",
                "must be 1 to " + LONGEST_TEXT + " and not blank");
    }

    private void id(String field, String id) {
        require(isId(id), field, id, "must be 1 to " + LONGEST_ID + " characters and not blank");
    }

    private void call(String callId, int leg) {
        require(CallId.isValid(callId), "callId", callId, "must be the canonical form of a UUID version 7");
        require(leg >= 0 && leg <= MOST_LEGS, "leg", leg, "must be 0 to " + MOST_LEGS);
    }

    private void line(NettingLine line, InForce inForce, Set<String> seen) {
        String carrier = line.getCarrier();
        require(inForce.isCarrier(carrier), "lines.carrier", carrier, "no such carrier");
        require(seen.add(carrier), "lines.carrier", carrier, "stands there more than once");
        BigDecimal amount = line.getAmount();
        require(
                amount.stripTrailingZeros().scale() <= MOST_DECIMALS,
                "lines.amount",
                amount.toPlainString(),
                "must have at most " + MOST_DECIMALS + " decimals");
    }

    private void require(boolean holds, String field, @Nullable Object value, String must) {
        if (!holds) {
            faults.add(field + " '" + PartyName.shown(String.valueOf(value)) + "': " + must);
        }
    }
}
