package org.callclear.settlement.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.FileDispute;
import org.callclear.schemas.avro.FileReport;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.schemas.avro.Role;
import org.callclear.settlement.reconcile.LegReview.Event;
import org.jspecify.annotations.Nullable;

/** Obeys commands about a call, or says why not. The same command again is answered and does nothing. */
record Commands(CallFile file, Moment now) {
    static final String RESOLUTION = "RESOLUTION";
    private static final String RERATE = "RERATE";
    private static final String ONE_SIDED =
            "one side has no terms, so that the other alone would be charged or paid: its report or its price must come first";

    List<Finding> resolve(ResolveDispute command, Function<Event, List<Finding>> look) {
        if (file.getCommands().contains(command.getCommandId())) {
            return List.of(answer(command.getCommandId(), OutcomeKind.ACCEPTED, "done before"));
        }
        Event event = new Event(RESOLUTION, command.getCommandId(), command.getRequestedBy(), command.getReason());
        FileReport stranger = Strangers.find(file, now.callId(), command.getDisputeId());
        Occasion why = Occasion.of(file, now, event);
        String no = stranger == null ? decide(command) : decide(stranger, command, why);
        if (no != null) {
            return List.of(answer(command.getCommandId(), OutcomeKind.REFUSED, no));
        }
        file.getCommands().add(command.getCommandId());
        List<Finding> findings = why.findings();
        if (stranger == null) {
            findings.addAll(look.apply(event));
        }
        findings.add(answer(
                command.getCommandId(),
                OutcomeKind.ACCEPTED,
                "dispute " + command.getDisputeId() + " is " + command.getResolution()));
        return findings;
    }

    List<Finding> rerate(RerateCall command, long terms, Function<Event, List<Finding>> look) {
        if (file.getCommands().contains(command.getCommandId())) {
            return List.of(answer(command.getCommandId(), OutcomeKind.ACCEPTED, "done before"));
        }
        String no = change(command, terms);
        if (no != null) {
            return List.of(answer(command.getCommandId(), OutcomeKind.REFUSED, no));
        }
        file.getCommands().add(command.getCommandId());
        List<Finding> findings = new ArrayList<>(
                look.apply(new Event(RERATE, command.getCommandId(), command.getRequestedBy(), command.getReason())));
        findings.add(answer(command.getCommandId(), OutcomeKind.ACCEPTED, "priced anew"));
        return findings;
    }

    /** Why the dispute is not decided so; null when it now is. */
    private @Nullable String decide(ResolveDispute command) {
        LegState leg = Files.find(file, command.getLeg());
        FileDispute dispute = leg == null ? null : leg.getDispute();
        if (leg == null || dispute == null || !command.getDisputeId().equals(now.callId() + "/" + leg.getLeg())) {
            return "there is no dispute " + command.getDisputeId();
        }
        if (!dispute.getState().equals(Disputes.OPEN)) {
            return "dispute " + command.getDisputeId() + " is " + dispute.getState() + " already";
        }
        String no = unfit(command, dispute, Attempt.of(file, leg).isPriced());
        if (no == null) {
            Long split = command.getSettledMillis();
            leg.setDispute(new FileDispute(
                    command.getResolution().name(),
                    dispute.getRevision() + 1,
                    split == null ? Files.NONE : split,
                    dispute.getReconciliation(),
                    dispute.getSettledMillis(),
                    dispute.getClaimedMillis()));
        }
        return no;
    }

    private static @Nullable String unfit(ResolveDispute command, FileDispute dispute, boolean priced) {
        String unfit = switch (command.getResolution()) {
            case REJECTED, WITHDRAWN -> null;
            case ACCEPTED -> dispute.getClaimedMillis() == Files.NONE ? "nothing is claimed that could be owed" : null;
            case SPLIT -> unfitSplit(command.getSettledMillis(), dispute);
            case UNKNOWN_RESOLUTION -> "no known resolution";
        };
        return unfit == null && !priced && owesMore(command.getResolution()) ? ONE_SIDED : unfit;
    }

    private static boolean owesMore(Resolution resolution) {
        return resolution == Resolution.ACCEPTED || resolution == Resolution.SPLIT;
    }

    private static @Nullable String unfitSplit(@Nullable Long millis, FileDispute dispute) {
        long least = Math.max(0, dispute.getSettledMillis());
        if (dispute.getClaimedMillis() == Files.NONE) {
            return "nothing is claimed that could be split";
        }
        return millis == null || millis < least || millis > dispute.getClaimedMillis()
                ? "settledMillis " + millis + ": must be " + least + " to " + dispute.getClaimedMillis()
                : null;
    }

    private @Nullable String decide(FileReport stranger, ResolveDispute command, Occasion why) {
        if (!Strangers.isOpen(stranger)) {
            return "dispute " + command.getDisputeId() + " is " + stranger.getStrangerState() + " already";
        }
        return switch (command.getResolution()) {
            case REJECTED, WITHDRAWN -> {
                Strangers.tell(file, stranger, command.getResolution().name(), why);
                yield null;
            }
            default -> "nothing is claimed that could be owed";
        };
    }

    private @Nullable String change(RerateCall command, long terms) {
        LegState leg = Files.find(file, command.getLeg());
        if (leg == null) {
            return "no attempt " + command.getLeg() + " of this call is known";
        }
        if (command.getLeg() == 0 && isMissing(Sides.of(file, 0), command.getSide())) {
            return "the " + command.getSide() + " side has not reported this call: its report must come first";
        }
        return switch (command.getSide()) {
            case ORIGINATING -> {
                leg.setReratedOrigination(terms);
                yield null;
            }
            case TERMINATING -> {
                if (command.getLeg() > 0 || file.getGrant() != null) {
                    yield "the terminating carrier holds a signed token with the granted terms";
                }
                leg.setReratedTermination(terms);
                yield null;
            }
            case UNKNOWN -> "side " + Role.UNKNOWN + ": must be ORIGINATING or TERMINATING";
        };
    }

    /** Nobody owes or is owed on the word of another alone: who it is would be hearsay too. */
    private static boolean isMissing(Sides sides, Role side) {
        return switch (side) {
            case ORIGINATING -> sides.originating() == null;
            case TERMINATING -> sides.terminating() == null;
            case UNKNOWN -> false;
        };
    }

    private Finding answer(String id, OutcomeKind kind, String detail) {
        return new Finding.Answered(new CommandOutcome(id, kind, detail, Instant.ofEpochMilli(now.logMillis())));
    }
}
