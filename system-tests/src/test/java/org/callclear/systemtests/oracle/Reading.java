package org.callclear.systemtests.oracle;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.StatementDraft;

/** What a settlement wrote, added up as it is read. */
final class Reading {
    private final Map<String, String> statements = new TreeMap<>();
    private final Map<String, BigDecimal> accounts = new TreeMap<>();
    private final Map<String, Dispute> disputes = new HashMap<>();
    private final Set<String> closed = new TreeSet<>();
    private long entries;

    /** One record of any of its topics. */
    void take(SpecificRecord value) {
        switch (value) {
            case StatementDraft statement -> take(statement);
            case LedgerEntry entry -> take(entry);
            case Dispute dispute -> disputes.merge(dispute.getDisputeId(), dispute, Reading::later);
            default -> {}
        }
    }

    private void take(StatementDraft statement) {
        String json =
                StandardCharsets.UTF_8.decode(statement.getJson().duplicate()).toString();
        closed.add(statement.getCarrier() + " " + statement.getPeriod());
        String before = statements.put(statement.getStatementId(), json);
        if (before != null) {
            throw new IllegalStateException("statement " + statement.getStatementId() + " was written twice");
        }
    }

    private void take(LedgerEntry entry) {
        entries++;
        entry.getPostings().forEach(posting -> take(entry, posting));
    }

    private void take(LedgerEntry entry, Posting posting) {
        String account = String.join(
                " ",
                posting.getAccount(),
                posting.getCurrency(),
                posting.getPeriod(),
                posting.getKind().name());
        accounts.merge(account, posting.getAmount(), BigDecimal::add);
        if (!entry.getCallId().isEmpty()) {
            String own = entry.getCallId() + "/" + entry.getLeg() + " " + account;
            accounts.merge(own, posting.getAmount(), BigDecimal::add);
        }
    }

    private static Dispute later(Dispute one, Dispute other) {
        return other.getRevision() >= one.getRevision() ? other : one;
    }

    /** The class of a dispute whose cause has gone is nobody's business any more. */
    private static String state(Dispute dispute) {
        return dispute.getState().equals("WITHDRAWN")
                ? "WITHDRAWN"
                : dispute.getReconciliation() + " " + dispute.getState();
    }

    private static String reason(Dispute dispute) {
        return dispute.getIrregularities().stream().map(Enum::name).collect(Collectors.joining(" "));
    }

    /** The periods that are closed, as "carrier period". */
    Set<String> closed() {
        return closed;
    }

    /** How many entries there are. */
    long entries() {
        return entries;
    }

    Outcome outcome() {
        Map<String, String> sums = new TreeMap<>();
        accounts.forEach((account, sum) -> {
            if (sum.signum() != 0) {
                sums.put(account, Fraction.of(sum).fixed(6));
            }
        });
        Map<String, String> states = new TreeMap<>();
        disputes.forEach((id, dispute) -> states.put(id, state(dispute)));
        Map<String, String> reasons = new TreeMap<>();
        disputes.forEach((id, dispute) -> {
            if (!id.equals(dispute.getCallId() + "/" + dispute.getLeg())) {
                reasons.put(id, reason(dispute));
            }
        });
        return new Outcome(statements, sums, states, reasons);
    }
}
