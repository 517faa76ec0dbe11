package org.callclear.settlement.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.callclear.schemas.call.CallId;
import org.junit.jupiter.api.Test;

final class LeafTreeTest {
    private static final int LARGEST = 140;
    private static final int MANY = 1_000_000;
    private static final long MOST_BYTES = 100_000_000;

    @Test
    void itIsTheTreeThatStatementsAreSealedWith() {
        for (int size = 0; size <= LARGEST; size++) {
            LeafTree.Builder builder = new LeafTree.Builder();
            MerkleTree.Growing growing = new MerkleTree.Growing();
            for (int i = 0; i < size; i++) {
                builder.add(leaf(i));
                growing.add(leaf(i).hash());
            }
            LeafTree tree = builder.build();

            assertThat(tree.size()).isEqualTo(size);
            assertThat(tree.root()).as("%s leaves", size).isEqualTo(growing.root());
            for (int i = 0; i < size; i++) {
                CallProof proof = tree.prove(call(i), LeafTreeTest::opened);
                assertThat(proof.lines()).hasSize(1);
                assertThat(proof.lines().getFirst().path())
                        .usingRecursiveComparison()
                        .isEqualTo(MerkleTree.path(i, size, at -> leaf((int) at).hash()));
            }
        }
    }

    @Test
    void leavesThatAreOutOfOrderOrTwiceThereAreRefused() {
        LeafTree.Builder builder = new LeafTree.Builder();
        builder.add(leaf(2));

        assertThatThrownBy(() -> builder.add(leaf(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("leaf 1, entry " + call(2) + "/0");
        assertThatThrownBy(() -> builder.add(leaf(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMillionLeavesTakeLessThanAHundredMegabytes() {
        long heldBefore = held();
        LeafTree.Builder builder = new LeafTree.Builder();
        byte[] commitment = new byte[Hashes.SIZE];
        for (int i = 0; i < MANY; i++) {
            builder.add(new Leaf(new LineKey(call(i), 0, 1), commitment));
        }
        LeafTree tree = builder.build();
        CallProof proof = tree.prove(call(MANY - 1), key -> new LeafTree.Opened(line(MANY - 1), commitment));
        long bytes = held() - heldBefore;

        System.out.println("a tree of " + MANY + " leaves: " + bytes + " bytes");
        assertThat(proof.lines()).hasSize(1);
        assertThat(tree.size()).isEqualTo(MANY);
        assertThat(bytes).isLessThan(MOST_BYTES);
    }

    private static long held() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static CallId call(int number) {
        return new CallId(new UUID(((1_000L + number) << 16) | 0x7000L, 1L << 63));
    }

    private static CallLine line(int number) {
        String call = call(number).toString();
        return CallLine.read(
                ("{\"call_id\":\"" + call + "\",\"entry_id\":\"" + call + "/0\"}").getBytes(StandardCharsets.UTF_8));
    }

    private static Leaf leaf(int number) {
        return Leaf.of(line(number), new byte[Hashes.SIZE]);
    }

    private static LeafTree.Opened opened(LineKey key) {
        int number = (int) (ByteBuffer.wrap(key.bytes()).getLong() >>> 16) - 1_000;
        return new LeafTree.Opened(line(number), new byte[Hashes.SIZE]);
    }
}
