package org.callclear.app.logview;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.CallAttempt;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.ResolveDispute;
import org.jspecify.annotations.Nullable;

/** What matters in the records that settlement writes, and in the commands that it obeys. */
final class MoneyFacts {
    private final Numbers numbers;

    MoneyFacts(Numbers numbers) {
        this.numbers = numbers;
    }

    /** Lines; none for a record of another kind. */
    List<String> of(SpecificRecord record) {
        return switch (record) {
            case ReconciledCall call -> of(call);
            case CallAttempt attempt ->
                List.of(
                        attempt.getRole() + " leg " + attempt.getLeg() + " by " + text(attempt.getReporter()),
                        "SIP " + attempt.getSipStatus() + ", Q.850 " + attempt.getQ850Cause() + ", period "
                                + text(attempt.getPeriod()));
            case LedgerEntry entry -> of(entry);
            case Dispute dispute -> of(dispute);
            case ResolveDispute command -> of(command);
            case RerateCall command ->
                List.of(
                        command.getSide() + " leg " + command.getLeg() + " at "
                                + command.getTerms().getRatePerMinute().toPlainString() + " "
                                + text(command.getTerms().getCurrency()) + "/min",
                        "run " + text(command.getRunId()),
                        asked(command.getRequestedBy(), command.getReason()));
            case CommandOutcome outcome ->
                List.of(
                        String.valueOf(outcome.getOutcome()),
                        text(outcome.getDetail()),
                        "command " + text(outcome.getCommandId()));
            default -> List.of();
        };
    }

    private List<String> of(ReconciledCall call) {
        List<String> facts = new ArrayList<>();
        facts.add(call.getReconciliation() + ", leg " + call.getLeg()
                + (call.getRevision() == 1 ? "" : ", revision " + call.getRevision()));
        if (!call.getCause().equals("FIRST")) {
            facts.add("because of " + text(call.getCause()));
        }
        facts.add("talked: " + text(call.getOriginatingCarrier()) + " " + millis(call.getOriginatingMillis()) + ", "
                + text(call.getTerminatingCarrier()) + " " + millis(call.getTerminatingMillis()));
        facts.add(
                call.getSettledMillis() == null
                        ? "nothing settles"
                        : "settles " + CallFacts.seconds(call.getSettledMillis())
                                + (call.getClaimedMillis() == null
                                        ? ""
                                        : " of " + CallFacts.seconds(call.getClaimedMillis()) + " claimed")
                                + ", period " + text(call.getPeriod()));
        if (!call.getIrregularities().isEmpty()) {
            facts.add(call.getIrregularities().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return facts;
    }

    private List<String> of(LedgerEntry entry) {
        List<String> facts = new ArrayList<>();
        String kind = switch (entry.getEntryKind()) {
            case ENTRY -> "entry";
            case REVERSAL -> "REVERSAL";
            case REPLACEMENT -> "REPLACEMENT";
        };
        String refersTo = entry.getRefersTo().isEmpty() ? "" : " of " + afterCall(entry.getRefersTo());
        facts.add(kind + " " + afterCall(entry.getEntryId()) + refersTo
                + (entry.getCause().equals("FIRST") ? "" : " (" + text(entry.getCause()) + ")"));
        entry.getPostings()
                .forEach(posting -> facts.add(text(posting.getAccount()) + " " + signed(posting.getAmount()) + " "
                        + text(posting.getCurrency())));
        return facts;
    }

    /** Of an id that begins with the call's, what comes after it: the call is the ladder's own. */
    private String afterCall(String id) {
        int slash = id.indexOf('/');
        return text(slash < 0 ? id : id.substring(slash));
    }

    private static String signed(BigDecimal amount) {
        return (amount.signum() > 0 ? "+" : "") + amount.toPlainString();
    }

    private List<String> of(Dispute dispute) {
        List<String> facts = new ArrayList<>();
        facts.add(text(dispute.getState()) + " " + afterCall(dispute.getDisputeId())
                + (dispute.getRevision() == 1 ? "" : ", revision " + dispute.getRevision()));
        facts.add(dispute.getReconciliation() + ": " + text(dispute.getDetail()));
        if (dispute.getClaimedMillis() != null) {
            facts.add("settled " + millis(dispute.getSettledMillis()) + " of "
                    + CallFacts.seconds(dispute.getClaimedMillis()));
        }
        if (dispute.getOrigination() != null) {
            facts.add(text(dispute.getOriginatingCarrier()) + ": "
                    + dispute.getOrigination().getAmount().toPlainString() + " "
                    + text(dispute.getOrigination().getCurrency()) + " disputed");
        }
        if (dispute.getTermination() != null) {
            facts.add(text(String.valueOf(dispute.getTerminatingCarrier())) + ": "
                    + dispute.getTermination().getAmount().toPlainString() + " "
                    + text(dispute.getTermination().getCurrency()) + " disputed");
        }
        if (!dispute.getDecidedBy().isEmpty()) {
            facts.add(asked(dispute.getDecidedBy(), dispute.getReason()));
        }
        return facts;
    }

    private List<String> of(ResolveDispute command) {
        return List.of(
                command.getResolution() + " leg " + command.getLeg()
                        + (command.getSettledMillis() == null
                                ? ""
                                : ", settles " + CallFacts.seconds(command.getSettledMillis())),
                asked(command.getRequestedBy(), command.getReason()));
    }

    private String asked(String by, String reason) {
        return text("by " + by + ": " + reason);
    }

    /** What stands in a record: anybody may have written anything there. */
    private String text(String written) {
        return numbers.showText(written);
    }

    private static String millis(@Nullable Long millis) {
        return millis == null ? "none" : CallFacts.seconds(millis);
    }
}
