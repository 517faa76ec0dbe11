package org.callclear.systemtests.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.systemtests.oracle.Ledger.Account;
import org.callclear.systemtests.oracle.Ledger.Page;
import org.callclear.systemtests.oracle.PartitionFold.Closing;

/** Settles a journal naively: one partition after the other, every call from scratch at every record. */
final class Oracle {
    private final Ledger ledger = new Ledger();
    private final List<PartitionFold> folds = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, String> statements = new TreeMap<>();

    private Oracle() {}

    /** {@code delayWhenUnsaid}: seconds that a lone report waits where no agreement says how long. */
    static Outcome settle(List<List<SpecificRecord>> partitions, long delayWhenUnsaid) {
        Oracle oracle = new Oracle();
        for (List<SpecificRecord> partition : partitions) {
            PartitionFold fold = new PartitionFold(oracle.ledger, delayWhenUnsaid);
            partition.forEach(fold::read);
            oracle.folds.add(fold);
        }
        return oracle.outcome();
    }

    private Outcome outcome() {
        for (int i = 0; i < folds.getFirst().closings.size(); i++) {
            close(i);
        }
        Map<String, String> states = disputes();
        states.replaceAll((id, state) -> state.endsWith(" WITHDRAWN") ? "WITHDRAWN" : state);
        Map<String, String> reasons = new TreeMap<>();
        folds.forEach(fold -> fold.calls.forEach(
                (id, call) -> call.reasons.forEach((name, reason) -> reasons.put(id + name, reason))));
        return new Outcome(statements, ledger.accountTexts(), states, reasons);
    }

    private void close(int number) {
        Closing closing = folds.getFirst().closings.get(number);
        TreeSet<String> carriers = new TreeSet<>(closing.barrier().getCarriers());
        ledger.pages.keySet().forEach(page -> {
            if (page.calendar().equals(closing.calendar()) && page.period().equals(closing.period())) {
                carriers.add(page.carrier());
            }
        });
        List<Map<String, Object>> positions = positions(number, closing);
        carriers.forEach(carrier -> state(new Page(carrier, closing.calendar(), closing.period()), positions));
    }

    private List<Map<String, Object>> positions(int number, Closing first) {
        List<Map<String, Object>> positions = new ArrayList<>();
        for (int partition = 0; partition < folds.size(); partition++) {
            Closing closing = folds.get(partition).closings.get(number);
            if (!closing.period().equals(first.period())) {
                throw new IllegalStateException("barriers stand in different orders");
            }
            positions.add(Map.of("partition", partition, "from", closing.from(), "to", closing.to()));
        }
        return positions;
    }

    private void state(Page page, List<Map<String, Object>> positions) {
        long sequence = sequences.merge(page.carrier(), 1L, Long::sum);
        PlainStatement statement = new PlainStatement(page, Objects.requireNonNullElse(ledger.cells(page), Map.of()));
        String period = page.calendar().name(page.period());
        statements.put(
                page.carrier() + "-" + period + "-" + sequence, PlainJson.text(statement.json(sequence, positions)));
        for (PlainLine line : statement.lines()) {
            Fraction amount = line.amount().minus(line.sums().posted());
            Fraction signed = line.side().equals("ORIGINATING") ? amount : amount.negated();
            ledger.line(new Account("carrier:" + page.carrier(), line.currency(), period, "ADJUSTMENT"), signed);
            ledger.line(new Account("clearinghouse:fee", line.currency(), period, "ADJUSTMENT"), signed.negated());
        }
    }

    private Map<String, String> disputes() {
        Map<String, String> disputes = new TreeMap<>();
        for (PartitionFold fold : folds) {
            fold.calls.forEach((id, call) -> disputes(disputes, id, call));
        }
        return disputes;
    }

    private static void disputes(Map<String, String> disputes, String id, PlainCall call) {
        call.legs.forEach((number, leg) -> {
            String dispute = leg.dispute();
            if (dispute != null) {
                disputes.put(id + "/" + number, dispute);
            }
        });
        call.strangers.forEach((name, state) ->
                disputes.put(id + name, "UNAUTHORIZED " + (state.equals("GONE") ? "WITHDRAWN" : state)));
    }
}
