package org.callclear.settlement.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MerkleTreeTest {
    /** Leaves and roots that certificate transparency's own programs are tested with. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static final int LARGEST = 70;

    @Test
    void rootsAreThoseOfCertificateTransparency() {
        for (int size = 0; size <= LEAVES.size(); size++) {
            assertThat(HexFormat.of().formatHex(root(published(size))))
                    .as("%s leaves", size)
                    .isEqualTo(ROOTS.get(size));
        }
    }

    @Test
    void everyPathOfEveryTreeLeadsToItsRoot() {
        for (int size = 1; size <= LARGEST; size++) {
            List<byte[]> leaves = leaves(size, 1);
            byte[] root = root(leaves);
            for (int i = 0; i < size; i++) {
                assertThat(MerkleTree.isAt(i, size, leaves.get(i), path(i, leaves), root))
                        .as("leaf %s of %s", i, size)
                        .isTrue();
            }
        }
    }

    @Test
    void aPathProvesNoOtherLeafNoOtherPlaceAndNoOtherRoot() {
        for (int size = 1; size <= LARGEST; size++) {
            List<byte[]> leaves = leaves(size, 1);
            byte[] root = root(leaves);
            for (int i = 0; i < size; i++) {
                List<byte[]> path = path(i, leaves);
                byte[] leaf = leaves.get(i);
                byte[] another = leaves(1, 2).getFirst();

                assertThat(MerkleTree.isAt(i, size, another, path, root)).isFalse();
                assertThat(MerkleTree.isAt(i, size, leaf, path, another)).isFalse();
                assertThat(MerkleTree.isAt(size, size, leaf, path, root)).isFalse();
                assertThat(MerkleTree.isAt(-1, size, leaf, path, root)).isFalse();
                for (int place = 0; place < size; place++) {
                    assertThat(MerkleTree.isAt(place, size, leaf, path, root))
                            .as("leaf %s of %s at %s", i, size, place)
                            .isEqualTo(place == i);
                }
            }
        }
    }

    @Test
    void aPathThatIsTooLongTooShortOrChangedProvesNothing() {
        List<byte[]> leaves = leaves(21, 1);
        byte[] root = root(leaves);
        for (int i = 0; i < leaves.size(); i++) {
            List<byte[]> path = path(i, leaves);
            List<byte[]> longer = new ArrayList<>(path);
            longer.add(new byte[32]);
            assertThat(MerkleTree.isAt(i, 21, leaves.get(i), longer, root)).isFalse();
            assertThat(MerkleTree.isAt(i, 21, leaves.get(i), path.subList(0, path.size() - 1), root))
                    .isFalse();
            for (int level = 0; level < path.size(); level++) {
                List<byte[]> changed = new ArrayList<>(path);
                byte[] sibling = changed.get(level).clone();
                sibling[i % sibling.length] ^= (byte) 1;
                changed.set(level, sibling);
                assertThat(MerkleTree.isAt(i, 21, leaves.get(i), changed, root)).isFalse();
            }
        }
    }

    @Test
    void thereIsNoPathToALeafThatIsNotThere() {
        List<byte[]> leaves = leaves(3, 1);

        assertThatThrownBy(() -> path(3, leaves))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("leaf 3 of 3");
    }

    private static List<byte[]> published(int size) {
        return LEAVES.stream()
                .limit(size)
                .map(leaf -> MerkleTree.leafHash(HexFormat.of().parseHex(leaf)))
                .toList();
    }

    private static List<byte[]> leaves(int size, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, size)
                .mapToObj(i -> {
                    byte[] data = new byte[random.nextInt(80)];
                    random.nextBytes(data);
                    return MerkleTree.leafHash(data);
                })
                .toList();
    }

    private static byte[] root(List<byte[]> leaves) {
        MerkleTree.Growing tree = new MerkleTree.Growing();
        leaves.forEach(tree::add);
        return tree.root();
    }

    private static List<byte[]> path(int index, List<byte[]> leaves) {
        return MerkleTree.path(index, leaves.size(), i -> leaves.get((int) i));
    }
}
