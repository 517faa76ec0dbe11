package org.callclear.app.settling;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.settlement.evidence.EvidenceException;
import org.callclear.settlement.evidence.ProofFile;
import org.callclear.settlement.evidence.SealedStatement;
import org.callclear.settlement.proof.CallLine;
import org.callclear.settlement.proof.CallProof;
import org.callclear.settlement.proof.CallProofCheck;
import org.callclear.settlement.proof.Leaf;
import org.callclear.settlement.proof.LeafTree;
import org.callclear.settlement.proof.LineKey;
import org.callclear.settlement.proof.Verdict;
import org.callclear.settlement.statement.CoveredPeriods;

/**
 * Proves a call in, or out of, a statement: builds the statement's tree again from the entries of its period. What does not
 * lead to the root that the statement has is no proof and is not given out.
 */
public final class CallProving {
    private static final int SAY_EVERY = 100_000;

    private final SealedStatement statement;
    private final CoveredPeriods periods;
    private final byte[] periodSalt;
    private final CallId call;
    private final Consumer<String> progress;
    private final List<byte[]> leaves = new ArrayList<>();
    private final Map<LineKey, LeafTree.Opened> opened = new HashMap<>();
    private long entries;

    private CallProving(SealedStatement statement, byte[] periodSalt, CallId call, Consumer<String> progress) {
        this.statement = statement;
        this.periods = CoveredPeriods.of(statement.period(), statement.json());
        this.periodSalt = periodSalt;
        this.call = call;
        this.progress = progress;
    }

    /**
     * The proof.
     *
     * @param statement a published one
     * @param progress takes a line for people now and then
     * @throws SettlingException when the statement has no seal, what it was made of cannot be read or is not there any
     *     more, or does not lead to the statement's root
     */
    public static ProofFile prove(KafkaAccess access, Statement statement, CallId call, Consumer<String> progress) {
        CallProving proving = new CallProving(sealed(statement), salt(access, statement), call, progress);
        WholeTopic.read(access, Topic.POSTINGS, record -> proving.take(WholeTopic.only(LedgerEntry.class, record)));
        progress.accept("postings: " + proving.entries + " entries read, " + proving.leaves.size() + " lines of "
                + statement.getCarrier() + " in " + statement.getPeriod());
        return proving.proof();
    }

    private static SealedStatement sealed(Statement statement) {
        try {
            return SealedStatement.of(Statements.json(statement));
        } catch (EvidenceException e) {
            throw new SettlingException(
                    "statement " + statement.getStatementId() + ": has no seal that calls could be proved by: "
                            + e.getMessage(),
                    e);
        }
    }

    private static byte[] salt(KafkaAccess access, Statement statement) {
        AtomicReference<ByteBuffer> salt = new AtomicReference<>();
        WholeTopic.read(access, Topic.STATEMENT_DRAFTS, record -> {
            StatementDraft draft = WholeTopic.only(StatementDraft.class, record);
            if (draft.getStatementId().equals(statement.getStatementId())) {
                salt.set(draft.getSalt());
            }
        });
        ByteBuffer found = Optional.ofNullable(salt.get())
                .orElseThrow(() -> new SettlingException(
                        "statement " + statement.getStatementId()
                                + ": its draft is not on statement-drafts any more, and"
                                + " with it the salt of its lines",
                        null));
        byte[] bytes = new byte[found.remaining()];
        found.duplicate().get(bytes);
        return bytes;
    }

    private void take(LedgerEntry entry) {
        entries++;
        if (entries % SAY_EVERY == 0) {
            progress.accept("postings: " + entries + " entries read so far, " + leaves.size() + " lines");
        }
        CallLine.of(entry, statement.carrier(), periods).ifPresent(this::add);
    }

    private void add(CallLine line) {
        byte[] salt = Leaf.salt(line.key(), statement.carrier(), periodSalt);
        Leaf leaf = Leaf.of(line, salt);
        leaves.add(leaf.bytes());
        if (line.key().callId().equals(call)) {
            opened.put(line.key(), new LeafTree.Opened(line, salt));
        }
    }

    private ProofFile proof() {
        LeafTree tree = tree();
        if (tree.size() != statement.leaves() || !Arrays.equals(tree.root(), statement.root())) {
            throw new SettlingException(
                    "statement " + statement.id() + ": is over " + statement.leaves() + " lines with the root "
                            + HexFormat.of().formatHex(statement.root()) + ", and the postings now have " + tree.size()
                            + " with the root " + HexFormat.of().formatHex(tree.root())
                            + "; entries are missing, or are not those that were sealed",
                    null);
        }
        CallProof proof = tree.prove(call, key -> Objects.requireNonNull(opened.get(key)));
        Verdict verdict = new CallProofCheck(statement.leaves(), statement.root()).verify(proof, call);
        if (verdict instanceof Verdict.Refused refused) {
            throw new IllegalStateException("a proof that does not hold: " + refused.what());
        }
        return new ProofFile(statement, proof);
    }

    private LeafTree tree() {
        leaves.sort(Arrays::compareUnsigned);
        LeafTree.Builder builder = new LeafTree.Builder();
        try {
            for (byte[] leaf : leaves) {
                builder.add(new Leaf(
                        LineKey.of(Arrays.copyOf(leaf, LineKey.SIZE)),
                        Arrays.copyOfRange(leaf, LineKey.SIZE, leaf.length)));
            }
        } catch (IllegalArgumentException e) {
            throw new SettlingException("postings: an entry stands there twice: " + e.getMessage(), e);
        }
        leaves.clear();
        return builder.build();
    }
}
