package org.callclear.settlement.seal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.settlement.period.Calendar;
import org.callclear.settlement.period.Period;
import org.callclear.settlement.proof.Hashes;

/** The published statements of all carriers: which there are, and the last of each, which the next one names. */
final class Chain {
    private static final byte[] NONE = {};

    private final Map<String, Last> last = new HashMap<>();
    /** By carrier and calendar the last period of which a statement is published: they end in order. */
    private final Map<String, Map<Calendar, Period>> published = new HashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Last(long sequence, byte[] digest) {}

    /** One that is published. Those of a carrier come in the order of their sequence. */
    void add(Statement statement) {
        Period period = period(statement.getPeriod());
        published
                .computeIfAbsent(statement.getCarrier(), carrier -> new HashMap<>())
                .merge(period.calendar(), period, BinaryOperator.maxBy(Comparator.naturalOrder()));
        last.merge(
                statement.getCarrier(),
                new Last(statement.getSequence(), Hashes.sha256(Bytes.of(statement.getJson()))),
                (before, now) -> now.sequence() > before.sequence() ? now : before);
    }

    /** Whether the statement is published that what is posted to a period stands on: its own, or one after it. */
    boolean has(CarrierPeriod share) {
        Period period = period(share.period());
        Period last = published.getOrDefault(share.carrier(), Map.of()).get(period.calendar());
        return last != null && last.compareTo(period) >= 0;
    }

    private static Period period(String id) {
        return Period.parse(id).orElseThrow(() -> new SealException("period '" + id + "': there is none"));
    }

    /**
     * Those drafts that are to be published; the others are already.
     *
     * @param drafts in the order in which they were made
     * @throws SealException when one is missing before another of its carrier
     */
    List<StatementDraft> due(List<StatementDraft> drafts) {
        Map<String, Long> next = new HashMap<>();
        List<StatementDraft> due = new ArrayList<>();
        for (StatementDraft draft : drafts) {
            String carrier = draft.getCarrier();
            long expected = next.getOrDefault(carrier, 1 + sequence(carrier));
            if (draft.getSequence() > expected) {
                throw new SealException("draft " + draft.getStatementId() + ": statement " + expected + " of " + carrier
                        + " was never published, and this one is to name it");
            }
            if (draft.getSequence() == expected) {
                due.add(draft);
                next.put(carrier, expected + 1);
            }
        }
        return due;
    }

    private long sequence(String carrier) {
        Last before = last.get(carrier);
        return before == null ? 0 : before.sequence();
    }

    /** SHA-256 of the JSON of a carrier's last statement; empty when it has none. */
    byte[] previous(String carrier) {
        Last before = last.get(carrier);
        return before == null ? NONE : before.digest();
    }
}
