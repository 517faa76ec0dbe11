package org.callclear.settlement.seal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.callclear.settlement.statement.CoveredPeriods;
import org.jspecify.annotations.Nullable;

/** Picks the lines of some drafts from the entries of the books and grows a tree over those of each. */
final class LineCollector implements AutoCloseable {
    private static final int LEAVES_BETWEEN_WORDS = 10_000;

    private final Chain chain;
    private final LeafSorter leaves;
    private final Map<String, List<Wanted>> wanted = new HashMap<>();
    private int drafts;

    @SuppressWarnings("ArrayRecordComponent") // each is there once
    private record Wanted(int number, CoveredPeriods periods, byte[] salt) {}

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
            want(draft);
        }
    }

    private void want(StatementDraft draft) {
        if (draftOf(new CarrierPeriod(draft.getCarrier(), draft.getPeriod())) != null) {
            throw new SealException("draft " + draft.getStatementId() + ": there are two of " + draft.getCarrier()
                    + " for " + draft.getPeriod());
        }
        try {
            CoveredPeriods periods = CoveredPeriods.of(draft.getPeriod(), Bytes.of(draft.getJson()));
            wanted.computeIfAbsent(draft.getCarrier(), carrier -> new ArrayList<>())
                    .add(new Wanted(drafts++, periods, Bytes.of(draft.getSalt())));
        } catch (IllegalArgumentException e) {
            throw new SealException("draft " + draft.getStatementId() + ": " + e.getMessage(), e);
        }
    }

    private @Nullable Wanted draftOf(CarrierPeriod share) {
        for (Wanted draft : wanted.getOrDefault(share.carrier(), List.of())) {
            if (draft.periods().holds(share.period())) {
                return draft;
            }
        }
        return null;
    }

    /**
     * One entry of the books.
     *
     * @return whether with these drafts all statements are published that it belongs to
     * @throws SealException when its id is not that of an entry of a call
     */
    boolean take(LedgerEntry entry) {
        boolean isDone = true;
        Map<Integer, CarrierPeriod> taken = new HashMap<>();
        for (CarrierPeriod share : shares(entry)) {
            Wanted draft = draftOf(share);
            if (draft == null) {
                isDone &= chain.has(share);
            } else if (taken.put(draft.number(), share) == null) {
                add(entry, share.carrier(), draft);
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

    private void add(LedgerEntry entry, String carrier, Wanted draft) {
        try {
            CallLine line = CallLine.of(entry, carrier, draft.periods())
                    .orElseThrow(() -> new IllegalStateException("no line of an entry of " + carrier));
            leaves.add(draft.number(), Leaf.of(line, carrier, draft.salt()));
        } catch (IllegalArgumentException e) {
            throw new SealException("postings: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("leaves cannot be sorted on disk", e);
        }
    }

    /**
     * The trees, one for each draft, in their order.
     *
     * @param meanwhile done every moment
     * @throws SealException when an entry stands twice in the books
     */
    List<MerkleTree.Growing> trees(Runnable meanwhile) {
        List<MerkleTree.Growing> trees =
                Stream.generate(MerkleTree.Growing::new).limit(drafts).toList();
        byte[][] before = {{}};
        int[] of = {-1};
        long[] merged = {0};
        try {
            leaves.forEach((number, key, commitment) -> {
                if (of[0] == number && Arrays.equals(before[0], key)) {
                    throw new SealException("postings: entry " + LineKey.of(key) + " stands there twice");
                }
                if (++merged[0] % LEAVES_BETWEEN_WORDS == 0) {
                    meanwhile.run();
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
