package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.callclear.app.logview.Numbers;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.Evidence;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.Withheld;
import org.jspecify.annotations.Nullable;

/** A dispute as JSON: amounts as strings, instants in UTC, numbers as the reader may see them, null where something is not there. */
final class DisputeJson {
    private static final String OPEN = "OPEN";

    private DisputeJson() {}

    /** As it stands. */
    static ObjectNode of(Dispute dispute, Numbers numbers) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", dispute.getDisputeId());
        json.put("state", dispute.getState());
        json.put("revision", dispute.getRevision());
        json.put("class", dispute.getReconciliation().name());
        json.put("detail", numbers.showText(dispute.getDetail()));
        ArrayNode irregularities = json.putArray("irregularities");
        dispute.getIrregularities().forEach(irregularity -> irregularities.add(irregularity.name()));
        json.put("callId", dispute.getCallId());
        json.put("leg", dispute.getLeg());
        json.put("originatingCarrier", dispute.getOriginatingCarrier());
        json.put("terminatingCarrier", dispute.getTerminatingCarrier());
        json.put("period", dispute.getPeriod());
        json.put("originatingMillis", dispute.getOriginatingMillis());
        json.put("terminatingMillis", dispute.getTerminatingMillis());
        json.put("settledMillis", dispute.getSettledMillis());
        json.put("claimedMillis", dispute.getClaimedMillis());
        json.set("withheld", amounts(dispute, dispute.getState().equals(OPEN), numbers));
        json.set("disputed", amounts(dispute, true, numbers));
        json.put("changedAt", orNull(dispute.getChangedAt()));
        json.put("decidedBy", numbers.showText(dispute.getDecidedBy()));
        json.put("reason", numbers.showText(dispute.getReason()));
        json.put("commandId", dispute.getCommandId());
        ArrayNode evidence = json.putArray("evidence");
        dispute.getEvidence().forEach(report -> evidence.add(of(report, numbers)));
        return json;
    }

    /** As it stands, with all its states, the first one first. */
    static ObjectNode of(List<Dispute> states, Numbers numbers) {
        ObjectNode json = of(states.getLast(), numbers);
        ArrayNode history = json.putArray("states");
        states.forEach(state -> history.add(of(state, numbers)));
        return json;
    }

    /** Of both sides, null for nothing. A dispute that is decided still names what it was about, and withholds nothing. */
    private static ObjectNode amounts(Dispute dispute, boolean stand, Numbers numbers) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("origination", stand ? of(dispute.getOrigination(), numbers) : null);
        json.set("termination", stand ? of(dispute.getTermination(), numbers) : null);
        return json;
    }

    private static @Nullable ObjectNode of(@Nullable Withheld withheld, Numbers numbers) {
        if (withheld == null) {
            return null;
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("amount", withheld.getAmount().toPlainString());
        json.put("currency", withheld.getCurrency());
        json.set("terms", of(withheld.getTerms(), numbers));
        return json;
    }

    private static ObjectNode of(RateTerms terms, Numbers numbers) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("contract", terms.getContract())
                .put("contractRevision", terms.getContractRevision())
                .put("deck", terms.getDeck())
                .put("deckRevision", terms.getDeckRevision())
                .put("prefix", numbers.showText(terms.getPrefix()))
                .put("destination", numbers.showText(terms.getDestination()))
                .put("ratePerMinute", terms.getRatePerMinute().toPlainString())
                .put("initialSeconds", terms.getInitialSeconds())
                .put("incrementSeconds", terms.getIncrementSeconds())
                .put("connectFee", terms.getConnectFee().toPlainString());
    }

    private static ObjectNode of(Evidence report, Numbers numbers) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("role", report.getRole().name())
                .put("reporter", report.getReporter())
                .put("version", report.getVersion())
                .put("transactionId", DisputeText.transactionId(report, numbers))
                .put("calling", numbers.show(report.getCalling()))
                .put("called", numbers.show(report.getCalled()))
                .put("setupAt", report.getSetupAt().toString())
                .put("answeredAt", orNull(report.getAnsweredAt()))
                .put("endedAt", report.getEndedAt().toString())
                .put("sipStatus", report.getSipStatus())
                .put("q850Cause", report.getQ850Cause())
                .put("source", DisputeText.source(report));
    }

    private static @Nullable String orNull(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
