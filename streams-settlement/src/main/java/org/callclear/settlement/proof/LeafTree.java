package org.callclear.settlement.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.callclear.schemas.call.CallId;
import org.jspecify.annotations.Nullable;

/**
 * The tree of one statement with all its leaves, about 90 bytes for each, from which any call is proved. A node that is
 * alone on its level goes up as it is; that is the tree of RFC 6962 from below.
 */
public final class LeafTree {
    private static final int LEAF = LineKey.SIZE + Hashes.SIZE;

    private final Rows leaves;
    /** From the level above the leaves to the one that has the root alone. */
    private final List<Rows> levels;

    private LeafTree(Rows leaves) {
        this.leaves = leaves;
        this.levels = levels(leaves);
    }

    /** Takes leaves in order. */
    public static final class Builder {
        private final Rows leaves = new Rows(LEAF);
        private @Nullable LineKey last;

        /**
         * One leaf more.
         *
         * @throws IllegalArgumentException when its key is not greater than the one before
         */
        public void add(Leaf leaf) {
            if (last != null && last.compareTo(leaf.key()) >= 0) {
                throw new IllegalArgumentException("leaf " + leaves.size() + ", entry "
                        + leaf.key().entryId() + ": not after entry " + last.entryId());
            }
            last = leaf.key();
            leaves.add(leaf.key().bytes(), leaf.commitment());
        }

        /** The tree over all that was added. */
        public LeafTree build() {
            return new LeafTree(leaves);
        }
    }

    /**
     * What was hashed into a leaf.
     *
     * @param salt of the line, see {@link Leaf#salt}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Opened(CallLine line, byte[] salt) {}

    private static List<Rows> levels(Rows leaves) {
        List<Rows> levels = new ArrayList<>();
        long below = leaves.size();
        while (below > 1) {
            Rows level = new Rows(Hashes.SIZE);
            for (long i = 0; i < below; i += 2) {
                byte[] left = node(leaves, levels, i);
                level.add(i + 1 < below ? MerkleTree.nodeHash(left, node(leaves, levels, i + 1)) : left);
            }
            levels.add(level);
            below = level.size();
        }
        return levels;
    }

    private static byte[] node(Rows leaves, List<Rows> levels, long index) {
        return levels.isEmpty()
                ? MerkleTree.leafHash(leaves.get(index))
                : levels.getLast().get(index);
    }

    /** How many leaves there are. */
    public long size() {
        return leaves.size();
    }

    /** The root; of no leaves the hash of nothing. */
    public byte[] root() {
        return switch ((int) Math.min(size(), 2)) {
            case 0 -> Hashes.sha256();
            case 1 -> MerkleTree.leafHash(leaves.get(0));
            default -> levels.getLast().get(0);
        };
    }

    /**
     * The proof that a call's lines are in the tree and there are no others, or that there is none.
     *
     * @param lines what was hashed into each leaf of that call
     */
    public CallProof prove(CallId call, Function<LineKey, Opened> lines) {
        long first = firstNotBefore(new LineKey(call, 0, 0));
        long end = first;
        List<CallProof.Line> shown = new ArrayList<>();
        while (end < size() && key(end).callId().equals(call)) {
            Opened opened = lines.apply(key(end));
            shown.add(new CallProof.Line(end, opened.line(), opened.salt(), path(end)));
            end++;
        }
        return new CallProof(
                call, shown, first == 0 ? null : neighbour(first - 1), end == size() ? null : neighbour(end));
    }

    private long firstNotBefore(LineKey wanted) {
        long from = 0;
        long to = size();
        while (from < to) {
            long middle = (from + to) >>> 1;
            if (key(middle).compareTo(wanted) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private CallProof.Neighbour neighbour(long index) {
        return new CallProof.Neighbour(index, new Leaf(key(index), leaves.get(index, LineKey.SIZE, LEAF)), path(index));
    }

    private LineKey key(long index) {
        return LineKey.of(leaves.get(index, 0, LineKey.SIZE));
    }

    private List<byte[]> path(long index) {
        List<byte[]> path = new ArrayList<>();
        if (size() > 1 && (index ^ 1) < size()) {
            path.add(MerkleTree.leafHash(leaves.get(index ^ 1)));
        }
        long node = index >> 1;
        for (Rows level : levels) {
            if ((node ^ 1) < level.size()) {
                path.add(level.get(node ^ 1));
            }
            node >>= 1;
        }
        return path;
    }
}
