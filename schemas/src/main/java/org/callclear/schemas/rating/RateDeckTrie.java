package org.callclear.schemas.rating;

import java.util.Arrays;

/**
 * The prefixes of a deck as a tree of digits in one array, eight bytes a node, so that a step down the tree reads memory
 * in one place. The children of a node stand side by side, and so do the rows of a node, which are numbered anew:
 * {@link Planted} says where each came from. Immutable.
 */
final class RateDeckTrie {
    static final int ROOT = 0;
    static final int NO_NODE = -1;

    private static final int DIGITS = 10;
    private static final int LONGEST = 15;
    private static final int DIGIT_BITS = 4;
    private static final int TOP = DIGIT_BITS * (LONGEST - 1);

    /** A node from its lowest bit: ten that say which digits go on, one for whether it has rows, its first child, its first row. */
    private static final int ROWS_AT = DIGITS;

    private static final int CHILD_AT = ROWS_AT + 1;
    private static final int CHILD_BITS = 27;
    private static final int ROW_AT = CHILD_AT + CHILD_BITS;
    private static final long CHILD_MASK = (1L << CHILD_BITS) - 1;
    private static final int MOST_ROWS = 1 << (Long.SIZE - ROW_AT);

    /** One more than there are nodes, for the end of the last one's rows. */
    private final long[] nodes;

    private RateDeckTrie(long[] nodes) {
        this.nodes = nodes;
    }

    /**
     * A prefix as a number that sorts as its digits do, a shorter one before those it begins.
     *
     * @throws IllegalArgumentException when it is not 1 to 15 digits
     */
    static long key(String prefix) {
        if (prefix.isEmpty() || prefix.length() > LONGEST) {
            throw new IllegalArgumentException("prefix '" + prefix + "': must be 1 to " + LONGEST + " digits");
        }
        long key = 0;
        for (int i = 0; i < prefix.length(); i++) {
            int digit = prefix.charAt(i) - '0';
            if (digit < 0 || digit >= DIGITS) {
                throw new IllegalArgumentException("prefix '" + prefix + "': must be 1 to " + LONGEST + " digits");
            }
            key |= (digit + 1L) << (TOP - DIGIT_BITS * i);
        }
        return key;
    }

    /** The node one digit further, or {@link #NO_NODE}. */
    int child(int node, int digit) {
        long bits = nodes[node];
        if (digit < 0 || digit >= DIGITS || (bits >>> digit & 1) == 0) {
            return NO_NODE;
        }
        return (int) (bits >>> CHILD_AT & CHILD_MASK) + Integer.bitCount((int) bits & ((1 << digit) - 1));
    }

    boolean hasRows(int node) {
        return (nodes[node] >>> ROWS_AT & 1) != 0;
    }

    int firstRow(int node) {
        return (int) (nodes[node] >>> ROW_AT);
    }

    int endRow(int node) {
        return firstRow(node + 1);
    }

    /** A tree, and the order of rows that goes with it. */
    static final class Planted {
        private final RateDeckTrie trie;
        private final int[] order;

        private Planted(RateDeckTrie trie, int[] order) {
            this.trie = trie;
            this.order = order;
        }

        RateDeckTrie trie() {
            return trie;
        }

        /** The place among the keys that a row of the tree had. */
        int keyOf(int row) {
            return order[row];
        }
    }

    /**
     * The tree of keys in rising order.
     *
     * @throws IllegalArgumentException when there are too many
     */
    static Planted plant(long[] keys) {
        if (keys.length >= MOST_ROWS) {
            throw new IllegalArgumentException(keys.length + " rows: a deck has fewer than " + MOST_ROWS);
        }
        return new Planting(keys).grow();
    }

    /** Makes the nodes level by level: each stands for a range of keys that begin alike. */
    private static final class Planting {
        private final long[] keys;
        private final int[] order;
        private int[] begin;
        private int[] end;
        private int[] firstChild;
        private int[] firstRow;
        private short[] children;
        private int nodes = 1;
        private int placed;

        Planting(long[] keys) {
            this.keys = keys;
            order = new int[keys.length];
            int room = keys.length + keys.length / 4 + LONGEST + 1;
            begin = new int[room];
            end = new int[room];
            firstChild = new int[room];
            firstRow = new int[room];
            children = new short[room];
            end[ROOT] = keys.length;
        }

        Planted grow() {
            int node = ROOT;
            for (int depth = 0; depth <= LONGEST; depth++) {
                for (int level = nodes; node < level; node++) {
                    branch(node, placeRows(node, depth), depth);
                }
            }
            firstRow[nodes] = placed;
            return new Planted(new RateDeckTrie(packed()), order);
        }

        private long[] packed() {
            long[] packed = new long[nodes + 1];
            for (int node = 0; node < nodes; node++) {
                long rows = firstRow[node + 1] > firstRow[node] ? 1L << ROWS_AT : 0;
                packed[node] =
                        (long) firstRow[node] << ROW_AT | (long) firstChild[node] << CHILD_AT | rows | children[node];
            }
            packed[nodes] = (long) placed << ROW_AT;
            return packed;
        }

        /** Keys that end here come first; gives where the longer ones begin. */
        private int placeRows(int node, int depth) {
            firstRow[node] = placed;
            int key = begin[node];
            while (key < end[node] && digit(key, depth) == 0) {
                order[placed++] = key++;
            }
            return key;
        }

        private void branch(int node, int from, int depth) {
            firstChild[node] = nodes;
            int key = from;
            while (key < end[node]) {
                int digit = digit(key, depth);
                int begins = key;
                while (key < end[node] && digit(key, depth) == digit) {
                    key++;
                }
                children[node] |= (short) (1 << (digit - 1));
                addNode(begins, key);
            }
        }

        private void addNode(int from, int to) {
            if (nodes + 1 == begin.length) {
                int room = begin.length + begin.length / 2;
                begin = Arrays.copyOf(begin, room);
                end = Arrays.copyOf(end, room);
                firstChild = Arrays.copyOf(firstChild, room);
                firstRow = Arrays.copyOf(firstRow, room);
                children = Arrays.copyOf(children, room);
            }
            begin[nodes] = from;
            end[nodes++] = to;
        }

        /** The digit at a depth and one; 0 where the key has ended. */
        private int digit(int key, int depth) {
            return depth == LONGEST ? 0 : (int) (keys[key] >>> (TOP - DIGIT_BITS * depth)) & 0xF;
        }
    }
}
