package org.callclear.schemas.rating;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The prefixes of a deck as a tree of digits, and its rows, in one array: eight bytes a node, sixteen a row. Nodes and rows
 * are known by their places there. The children of a node stand side by side, their rows behind them, and what is further
 * below follows: the last steps down to a row read memory in one place. Immutable.
 */
final class RateDeckTrie {
    static final int ROOT = 0;
    static final int NO_NODE = -1;

    /** What a node without rows has for its first; the root is there. */
    static final int NO_ROW = ROOT;

    private static final int DIGITS = 10;
    private static final int LONGEST = 15;
    private static final int DIGIT_BITS = 4;
    private static final int TOP = DIGIT_BITS * (LONGEST - 1);

    /** So many levels, which every number passes, stand one behind the other. */
    private static final int BROAD = 4;

    /** A node from its lowest bit: ten that say which digits go on, its first child, its first row. */
    private static final int CHILD_AT = DIGITS;

    private static final int PLACE_BITS = 27;
    private static final int ROW_AT = CHILD_AT + PLACE_BITS;
    private static final int MOST_WORDS = 1 << PLACE_BITS;
    private static final long PLACE_MASK = MOST_WORDS - 1L;

    /** So many digits of a number lead to a node at once, where heads are kept. */
    private static final int HEAD = 4;

    private static final int HEADS = 10_000;

    private final long[] words;

    /** By the first digits of a number the node they lead to, or the root for none, and above it {@link #longest} so far. */
    private final long[] heads;

    /**
     * A tree of words that {@link #plant} made.
     *
     * @param large whether to keep heads, which take 80 kB
     */
    RateDeckTrie(long[] words, boolean large) {
        this.words = words;
        this.heads = new long[large ? HEADS : 0];
        if (large) {
            fillHeads(ROOT, NO_ROW, 0, 0);
        }
    }

    /** The heads that begin with these digits, of which there are so many. */
    private void fillHeads(int node, long found, int length, int digits) {
        if (length == HEAD || node == NO_NODE) {
            int each = node == NO_NODE ? (int) Math.pow(DIGITS, HEAD - length) : 1;
            Arrays.fill(
                    heads, digits * each, (digits + 1) * each, found << PLACE_BITS | (node == NO_NODE ? ROOT : node));
            return;
        }
        for (int digit = 0; digit < DIGITS; digit++) {
            int child = child(node, digit);
            int row = child == NO_NODE ? NO_ROW : firstRow(child);
            fillHeads(child, row == NO_ROW ? found : packed(row, length + 1), length + 1, digits * DIGITS + digit);
        }
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
        return child(words[node], digit);
    }

    private static int child(long node, int digit) {
        if (digit < 0 || digit >= DIGITS || (node >>> digit & 1) == 0) {
            return NO_NODE;
        }
        return (int) (node >>> CHILD_AT & PLACE_MASK) + Integer.bitCount((int) node & ((1 << digit) - 1));
    }

    /** The first row of a node, or {@link #NO_ROW}. */
    int firstRow(int node) {
        return firstRow(words[node]);
    }

    private static int firstRow(long node) {
        return (int) (node >>> ROW_AT);
    }

    /** The longest prefix of a number that has rows: {@link #rowOf} its first, {@link #lengthOf} its digits. */
    long longest(String digits) {
        int number = heads.length == 0 ? NO_NODE : headOf(digits);
        if (number == NO_NODE) {
            return longestFrom(ROOT, NO_ROW, digits, 0);
        }
        long head = heads[number];
        int node = (int) (head & PLACE_MASK);
        return node == ROOT ? head >>> PLACE_BITS : longestFrom(node, head >>> PLACE_BITS, digits, HEAD);
    }

    /** The same, when so many digits led to a node and to what was found. */
    private long longestFrom(int from, long foundBefore, String digits, int before) {
        long found = foundBefore;
        long node = words[from];
        for (int length = before + 1; length <= digits.length(); length++) {
            int child = child(node, digits.charAt(length - 1) - '0');
            if (child == NO_NODE) {
                break;
            }
            node = words[child];
            int row = firstRow(node);
            if (row != NO_ROW) {
                found = packed(row, length);
            }
        }
        return found;
    }

    /** The number that the first digits are; {@link #NO_NODE} when there are fewer, or others than digits. */
    private static int headOf(String digits) {
        if (digits.length() < HEAD) {
            return NO_NODE;
        }
        int number = 0;
        for (int i = 0; i < HEAD; i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit >= DIGITS) {
                return NO_NODE;
            }
            number = number * DIGITS + digit;
        }
        return number;
    }

    private static long packed(int row, int length) {
        return (long) row << Byte.SIZE | length;
    }

    /** {@link #NO_ROW} when no prefix has any. */
    static int rowOf(long longest) {
        return (int) (longest >>> Byte.SIZE);
    }

    static int lengthOf(long longest) {
        return (int) longest & 0xFF;
    }

    /** Writes rows where the tree has them. */
    interface RowWriter {
        /**
         * Writes one.
         *
         * @param key which of the keys it is of
         * @param last whether it is the last of its prefix
         * @param at where its {@link RateDeckRows#WORDS} words are to be
         */
        void write(int key, boolean last, long[] words, int at);
    }

    /**
     * The words of a tree of keys in rising order.
     *
     * @throws IllegalArgumentException when there are too many
     */
    static long[] plant(long[] keys, RowWriter rows) {
        return new Planting(keys, rows).grow();
    }

    /** Makes the nodes, each for a range of keys that begin alike: the first levels one by one, then tree by tree. */
    private static final class Planting {
        private final long[] keys;
        private final RowWriter rows;
        private long[] words;
        private int used = 1;

        /** A node whose children are to be made: of the keys from one to before another, which are longer than it is deep. */
        private record Branch(int node, int from, int to, int depth) {}

        Planting(long[] keys, RowWriter rows) {
            this.keys = keys;
            this.rows = rows;
            this.words = new long[1 + Math.min(MOST_WORDS, keys.length * (RateDeckRows.WORDS + 1))];
        }

        long[] grow() {
            Deque<Branch> broad = new ArrayDeque<>();
            broad.add(new Branch(ROOT, 0, keys.length, 0));
            while (!broad.isEmpty()) {
                Branch next = broad.remove();
                if (next.depth() < BROAD) {
                    broad.addAll(Arrays.asList(branch(next)));
                } else {
                    deepen(next);
                }
            }
            return Arrays.copyOf(words, used);
        }

        private void deepen(Branch branch) {
            for (Branch child : branch(branch)) {
                deepen(child);
            }
        }

        /** Makes the children of a node, and their rows; gives what is to go on from each. */
        private Branch[] branch(Branch parent) {
            Branch[] children = new Branch[DIGITS];
            int digits = 0;
            int count = 0;
            int first = used;
            for (int key = parent.from(); key < parent.to(); count++) {
                int digit = digit(key, parent.depth());
                int from = key;
                while (key < parent.to() && digit(key, parent.depth()) == digit) {
                    key++;
                }
                digits |= 1 << (digit - 1);
                children[count] = new Branch(first + count, from, key, parent.depth() + 1);
            }
            take(count);
            words[parent.node()] |= (long) first << CHILD_AT | digits;
            for (int i = 0; i < count; i++) {
                children[i] = placeRows(children[i]);
            }
            return Arrays.copyOf(children, count);
        }

        /** Keys that end at a node come first; gives the node with the longer ones. */
        private Branch placeRows(Branch node) {
            int longer = node.from();
            while (longer < node.to() && digit(longer, node.depth()) == 0) {
                longer++;
            }
            if (longer > node.from()) {
                words[node.node()] = (long) used << ROW_AT;
            }
            for (int key = node.from(); key < longer; key++) {
                int at = take(RateDeckRows.WORDS);
                rows.write(key, key == longer - 1, words, at);
            }
            return new Branch(node.node(), longer, node.to(), node.depth());
        }

        /** Where so many new words begin. */
        private int take(int count) {
            int at = used;
            if (count > MOST_WORDS - used) {
                throw new IllegalArgumentException(keys.length + " rows are more than a deck can have");
            }
            used += count;
            if (used > words.length) {
                words = Arrays.copyOf(words, Math.max(used, words.length + words.length / 2));
            }
            return at;
        }

        /** The digit at a depth and one; 0 where the key has ended. */
        private int digit(int key, int depth) {
            return depth == LONGEST ? 0 : (int) (keys[key] >>> (TOP - DIGIT_BITS * depth)) & 0xF;
        }
    }
}
