package org.callclear.bench.tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.callclear.settlement.proof.MerkleTree;

/** The trial: one signature over the root of a hash tree; each token would carry its path and that signature. */
final class BatchOfTokens {
    private final Sample sample;
    private final int size;
    private final List<Signed> good;

    BatchOfTokens(Sample sample, int size) {
        this.sample = sample;
        this.size = size;
        this.good = issue(0);
    }

    /** What a token of a batch would have in the place of its signature. */
    static final class Signed {
        private final int index;
        private final byte[] input;
        private final List<byte[]> path;
        private final byte[] root;
        private final byte[] signature;

        private Signed(int index, byte[] input, List<byte[]> path, byte[] root, byte[] signature) {
            this.index = index;
            this.input = input;
            this.path = path;
            this.root = root;
            this.signature = signature;
        }
    }

    List<Signed> issue(int turn) {
        List<byte[]> leaves = IntStream.range(0, size)
                .mapToObj(i -> MerkleTree.leafHash(sample.input(turn + i)))
                .toList();
        MerkleTree.Growing tree = new MerkleTree.Growing();
        leaves.forEach(tree::add);
        byte[] root = tree.root();
        byte[] signature = sample.signBytes(root);
        List<Signed> signed = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            List<byte[]> path = MerkleTree.path(i, size, at -> leaves.get((int) at));
            signed.add(new Signed(i, sample.input(turn + i), path, root, signature));
        }
        return signed;
    }

    boolean verifyOne(int turn) {
        Signed one = good.get(turn % size);
        return sample.checkBytes(one.root, one.signature)
                && MerkleTree.isAt(one.index, size, MerkleTree.leafHash(one.input), one.path, one.root);
    }
}
