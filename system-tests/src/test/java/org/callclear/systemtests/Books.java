package org.callclear.systemtests;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.PostingKind;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.schemas.call.CallId;
import org.callclear.settlement.proof.CallLine;
import org.callclear.settlement.proof.Hashes;
import org.callclear.settlement.proof.Leaf;
import org.callclear.settlement.proof.MerkleTree;
import org.callclear.settlement.seal.StatementSeal;
import org.callclear.settlement.statement.CoveredPeriods;

/** Made-up entries and drafts, and what a sealed statement must say of them, worked out in memory. */
final class Books {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final Random random;
    private final List<LedgerEntry> entries = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();

    Books(long seed) {
        this.random = new Random(seed);
    }

    /** An entry of a call between two carriers, each in a period of its own calendar. */
    LedgerEntry entry(String from, String periodOfFrom, String to, String periodOfTo) {
        String call =
                CallId.mint(NOON.plusMillis(random.nextInt(1_000_000)), random).toString();
        int leg = 1 + random.nextInt(2);
        LedgerEntry entry = LedgerEntry.newBuilder()
                .setEntryId(call + "/" + leg)
                .setCallId(call)
                .setLeg(leg)
                .setAnsweredAt(NOON)
                .setPostings(List.of(
                        posting("carrier:" + from, PostingKind.RECEIVABLE, to, "0.012000", periodOfFrom),
                        posting("carrier:" + to, PostingKind.PAYABLE, from, "-0.010000", periodOfTo),
                        posting("clearinghouse:fee", PostingKind.FEE, from, "-0.002000", periodOfFrom)))
                .build();
        entries.add(entry);
        return entry;
    }

    private static Posting posting(String account, PostingKind kind, String other, String amount, String period) {
        return Posting.newBuilder()
                .setAccount(account)
                .setKind(kind)
                .setCounterparty(other)
                .setAmount(new BigDecimal(amount))
                .setCurrency("EUR")
                .setPeriod(period)
                .setSeconds(60)
                .setBilledSeconds(60)
                .build();
    }

    /** The carrier's next draft. */
    StatementDraft draft(String carrier, String period) {
        return draft(carrier, period, sequences.merge(carrier, 1L, Long::sum));
    }

    /** A draft of any number. */
    static StatementDraft draft(String carrier, String period, long sequence) {
        String id = carrier + "-" + period + "-" + sequence;
        String json = "{\"header\":{\"carrier\":\"%s\",\"sequence\":%d,\"statement_id\":\"%s\"},\"trailer\":{}}"
                .formatted(carrier, sequence, id);
        return new StatementDraft(
                id,
                carrier,
                period,
                sequence,
                ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)),
                ByteBuffer.wrap(salt(period)));
    }

    /** What is to be signed of a draft's statement, after a statement of the same carrier or none. */
    byte[] unsigned(StatementDraft draft, byte[] previous) {
        List<Leaf> leaves = entries.stream()
                .flatMap(entry ->
                        CallLine.of(entry, draft.getCarrier(), CoveredPeriods.only(draft.getPeriod())).stream())
                .map(line -> Leaf.of(line, draft.getCarrier(), salt(draft.getPeriod())))
                .sorted(Comparator.comparing(Leaf::key))
                .toList();
        MerkleTree.Growing tree = new MerkleTree.Growing();
        leaves.forEach(leaf -> tree.add(leaf.hash()));
        byte[] digest = previous.length == 0 ? previous : Hashes.sha256(previous);
        return StatementSeal.unsigned(bytes(draft.getJson()), digest, tree.size(), tree.root());
    }

    static byte[] json(Statement statement) {
        return bytes(statement.getJson());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static byte[] salt(String period) {
        return HexFormat.of()
                .formatHex(Hashes.sha256(period.getBytes(StandardCharsets.UTF_8)), 0, 16)
                .getBytes(StandardCharsets.UTF_8);
    }
}
