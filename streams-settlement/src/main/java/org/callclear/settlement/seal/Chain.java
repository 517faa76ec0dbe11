package org.callclear.settlement.seal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.avro.StatementDraft;

/** The published statements of all carriers: which there are, and the last of each, which the next one names. */
final class Chain {
    private static final byte[] NONE = {};

    private final Map<String, Last> last = new HashMap<>();
    private final Set<CarrierPeriod> published = new HashSet<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Last(long sequence, byte[] digest) {}

    /** One that is published. Those of a carrier come in the order of their sequence. */
    void add(Statement statement) {
        published.add(new CarrierPeriod(statement.getCarrier(), statement.getPeriod()));
        last.merge(
                statement.getCarrier(),
                new Last(statement.getSequence(), sha256(Bytes.of(statement.getJson()))),
                (before, now) -> now.sequence() > before.sequence() ? now : before);
    }

    boolean has(CarrierPeriod share) {
        return published.contains(share);
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

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
