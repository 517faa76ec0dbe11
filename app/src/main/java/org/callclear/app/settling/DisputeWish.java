package org.callclear.app.settling;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.ResolveDispute;
import org.jspecify.annotations.Nullable;

/**
 * How somebody wants a dispute decided.
 *
 * @param as the decision
 * @param seconds for SPLIT: the talk time that settles, whole seconds; null when a percentage is given
 * @param percent for SPLIT: how much of what is claimed beyond what settled, 0 to 100; null when seconds are given
 * @param by who decides
 * @param reason why
 */
public record DisputeWish(
        Resolution as, @Nullable Long seconds, @Nullable BigDecimal percent, String by, String reason) {
    private static final String OPEN = "OPEN";
    private static final int LONGEST_TEXT = 500;
    private static final int MOST_DECIMALS = 6;
    private static final long MILLIS = 1000;
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    /** What a wish comes to for a dispute as it stands. */
    public sealed interface Answer {
        /** It can be asked of settlement. */
        record Command(ResolveDispute command) implements Answer {}

        /** It cannot, with a line for each reason: the field, the value and why. */
        record Refused(List<String> faults) implements Answer {}
    }

    /** What is wrong with the wish itself, whatever dispute it is for; a line each. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        text("--by", by, faults);
        text("--reason", reason, faults);
        boolean split = as == Resolution.SPLIT;
        if (split && (seconds == null) == (percent == null)) {
            faults.add("--as SPLIT: needs either --seconds or --percent");
        }
        if (!split && seconds != null) {
            faults.add("--seconds " + seconds + ": goes with --as SPLIT only, not with " + as);
        }
        if (!split && percent != null) {
            faults.add("--percent " + percent + ": goes with --as SPLIT only, not with " + as);
        }
        if (percent != null && !isPercentage(percent)) {
            faults.add("--percent " + percent + ": must be 0 to 100 with at most " + MOST_DECIMALS + " decimals");
        }
        return faults;
    }

    /**
     * The command for a dispute as it stands.
     *
     * @param commandId names the command
     * @param now when it is asked
     */
    public Answer answer(Dispute dispute, String commandId, Instant now) {
        List<String> faults = faults();
        if (!dispute.getState().equals(OPEN)) {
            faults.add(dispute.getDisputeId() + ": is " + dispute.getState()
                    + ", only a dispute that is OPEN can be decided");
        } else if (faults.isEmpty()) {
            faults.addAll(unfit(dispute));
        }
        return faults.isEmpty()
                ? new Answer.Command(new ResolveDispute(
                        commandId,
                        dispute.getDisputeId(),
                        dispute.getCallId(),
                        dispute.getLeg(),
                        as,
                        as == Resolution.SPLIT ? (Long) splitMillis(dispute) : null,
                        by,
                        now,
                        reason))
                : new Answer.Refused(faults);
    }

    private List<String> unfit(Dispute dispute) {
        boolean asksForMore = as == Resolution.ACCEPTED || as == Resolution.SPLIT;
        if (asksForMore && dispute.getClaimedMillis() == null) {
            return List.of(dispute.getDisputeId() + ": nothing is claimed that could be owed, --as " + as
                    + " cannot be; REJECTED and WITHDRAWN can");
        }
        long least = settled(dispute);
        long most = claimed(dispute);
        // Compared in seconds first, so that no number of seconds is too large to be a number of milliseconds.
        if (seconds != null && (seconds > most / MILLIS || seconds < Math.ceilDiv(least, MILLIS))) {
            return List.of("--seconds " + seconds + ": must lie between what settled, " + least
                    + " ms, and what is claimed, " + most + " ms");
        }
        return List.of();
    }

    private long splitMillis(Dispute dispute) {
        if (seconds != null) {
            return seconds * MILLIS;
        }
        long least = settled(dispute);
        BigDecimal more = BigDecimal.valueOf(claimed(dispute) - least)
                .multiply(Objects.requireNonNull(percent))
                .divide(WHOLE, 0, RoundingMode.FLOOR);
        return least + more.longValueExact();
    }

    private static long settled(Dispute dispute) {
        return Objects.requireNonNullElse(dispute.getSettledMillis(), 0L);
    }

    private static long claimed(Dispute dispute) {
        return Objects.requireNonNullElse(dispute.getClaimedMillis(), 0L);
    }

    private static boolean isPercentage(BigDecimal percent) {
        return percent.signum() >= 0 && percent.compareTo(WHOLE) <= 0 && percent.scale() <= MOST_DECIMALS;
    }

    private static void text(String option, String text, List<String> faults) {
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            faults.add(
                    option + " of " + text.length() + " characters: must be 1 to " + LONGEST_TEXT + " and not blank");
        }
    }
}
