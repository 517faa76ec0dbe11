package org.callclear.settlement.proof;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The hash tree of RFC 6962, section 2.1: SHA-256, a byte 0 before a leaf and a byte 1 before two children, and the left
 * half the largest power of two that is smaller than the whole. The tree of no leaves is the hash of nothing.
 */
public final class MerkleTree {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private MerkleTree() {}

    /** The hash of a leaf. */
    public static byte[] leafHash(byte[]... data) {
        byte[][] parts = new byte[data.length + 1][];
        parts[0] = LEAF;
        System.arraycopy(data, 0, parts, 1, data.length);
        return Hashes.sha256(parts);
    }

    static byte[] nodeHash(byte[] left, byte[] right) {
        return Hashes.sha256(NODE, left, right);
    }

    /** Takes leaf hashes in order and keeps one hash for each level. */
    public static final class Growing {
        @SuppressWarnings("ArrayRecordComponent") // never compared
        private record Full(long leaves, byte[] hash) {}

        private final Deque<Full> stack = new ArrayDeque<>();
        private long size;

        /** One leaf more. */
        public void add(byte[] leafHash) {
            Full last = new Full(1, leafHash);
            while (!stack.isEmpty() && stack.peek().leaves() == last.leaves()) {
                Full left = stack.pop();
                last = new Full(2 * left.leaves(), nodeHash(left.hash(), last.hash()));
            }
            stack.push(last);
            size++;
        }

        /** How many leaves there are. */
        public long size() {
            return size;
        }

        /** The root over what has been added so far; more may be added after it. */
        public byte[] root() {
            if (size == 0) {
                return Hashes.sha256();
            }
            Iterator<Full> fromRight = stack.iterator();
            byte[] root = fromRight.next().hash();
            while (fromRight.hasNext()) {
                root = nodeHash(fromRight.next().hash(), root);
            }
            return root;
        }
    }

    /**
     * The audit path of a leaf: the siblings on the way to the root, lowest first.
     *
     * @param leafHashes by index, from 0
     * @throws IndexOutOfBoundsException when there is no such leaf
     */
    public static List<byte[]> path(long index, long size, LongFunction<byte[]> leafHashes) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("leaf " + index + " of " + size);
        }
        List<byte[]> fromTop = new ArrayList<>();
        long from = 0;
        long leaves = size;
        while (leaves > 1) {
            long left = Long.highestOneBit(leaves - 1);
            if (index < from + left) {
                fromTop.add(root(from + left, leaves - left, leafHashes));
                leaves = left;
            } else {
                fromTop.add(root(from, left, leafHashes));
                from += left;
                leaves -= left;
            }
        }
        return fromTop.reversed();
    }

    private static byte[] root(long from, long leaves, LongFunction<byte[]> leafHashes) {
        Growing part = new Growing();
        for (long i = from; i < from + leaves; i++) {
            part.add(leafHashes.apply(i));
        }
        return part.root();
    }

    /** Whether a leaf stands at an index of the tree of that size and root. */
    public static boolean isAt(long index, long size, byte[] leafHash, List<byte[]> path, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        byte[] hash = leafHash;
        for (byte[] sibling : path) {
            if (last == 0) {
                return false; // longer than the way to the root
            }
            if ((node & 1) == 1 || node == last) {
                hash = nodeHash(sibling, hash);
                while ((node & 1) == 0 && node != 0) { // alone on its level: it went up as it was
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = nodeHash(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }
}
