package org.callclear.settlement.seal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.settlement.post.DoubleEntry;
import org.callclear.settlement.proof.CallLine;
import org.callclear.settlement.proof.Leaf;
import org.callclear.settlement.proof.LineKey;
import org.callclear.settlement.proof.MerkleTree;

/** Picks the lines of some drafts from the entries of the books and grows a tree over those of each. */
final class LineCollector implements AutoCloseable {
    private final Chain chain;
    private final LeafSorter leaves;
    private final Map<CarrierPeriod, Wanted> wanted = new HashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Wanted(int number, byte[] salt) {}

    /**
     * A collector of lines.
     *
     * @param drafts whose lines are wanted
     * @param chain says what is published already
     */
    LineCollector(List<StatementDraft> drafts, Chain chain, Path directory, int leavesInMemory) {
        this.chain = chain;
        this.leaves = new LeafSorter(directory, leavesInMemory);
        for (StatementDraft draft : drafts) {
            CarrierPeriod share = new CarrierPeriod(draft.getCarrier(), draft.getPeriod());
            if (wanted.put(share, new Wanted(wanted.size(), Bytes.of(draft.getSalt()))) != null) {
                throw new SealException("draft " + draft.getStatementId() + ": there are two of " + draft.getCarrier()
                        + " for " + draft.getPeriod());
            }
        }
    }

    /**
     * One entry of the books.
     *
     * @return whether with these drafts all statements are published that it belongs to
     * @throws SealException when its id is not that of an entry of a call
     */
    boolean take(LedgerEntry entry) {
        boolean isDone = true;
        for (CarrierPeriod share : shares(entry)) {
            Wanted draft = wanted.get(share);
            if (draft == null) {
                isDone &= chain.has(share);
            } else {
                add(entry, share, draft);
            }
        }
        return isDone;
    }

    private static Set<CarrierPeriod> shares(LedgerEntry entry) {
        if (entry.getCallId().isEmpty()) {
            return Set.of();
        }
        Set<CarrierPeriod> shares = new HashSet<>();
        for (Posting posting : entry.getPostings()) {
            DoubleEntry.ownerOf(posting.getAccount())
                    .ifPresent(carrier -> shares.add(new CarrierPeriod(carrier, posting.getPeriod())));
        }
        return shares;
    }

    private void add(LedgerEntry entry, CarrierPeriod share, Wanted draft) {
        try {
            CallLine line = CallLine.of(entry, share.carrier(), share.period())
                    .orElseThrow(() -> new IllegalStateException("no line of an entry of " + share));
            leaves.add(draft.number(), Leaf.of(line, share.carrier(), draft.salt()));
        } catch (IllegalArgumentException e) {
            throw new SealException("postings: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("leaves cannot be sorted on disk", e);
        }
    }

    /**
     * The trees, one for each draft, in their order.
     *
     * @throws SealException when an entry stands twice in the books
     */
    List<MerkleTree.Growing> trees() {
        List<MerkleTree.Growing> trees =
                Stream.generate(MerkleTree.Growing::new).limit(wanted.size()).toList();
        byte[][] before = {{}};
        int[] of = {-1};
        try {
            leaves.forEach((number, key, commitment) -> {
                if (of[0] == number && Arrays.equals(before[0], key)) {
                    throw new SealException("postings: entry " + LineKey.of(key) + " stands there twice");
                }
                of[0] = number;
                before[0] = key;
                trees.get(number).add(MerkleTree.leafHash(key, commitment));
            });
        } catch (IOException e) {
            throw new UncheckedIOException("leaves cannot be sorted on disk", e);
        }
        return trees;
    }

    @Override
    public void close() {
        try {
            leaves.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a file of leaves cannot be removed", e);
        }
    }
}
