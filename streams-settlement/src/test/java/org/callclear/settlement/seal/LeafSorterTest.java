package org.callclear.settlement.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.callclear.schemas.call.CallId;
import org.callclear.settlement.proof.Leaf;
import org.callclear.settlement.proof.LineKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeafSorterTest {
    private static final int LEAVES = 5_000;
    private static final int STATEMENTS = 3;

    @TempDir
    Path directory;

    private record Given(int statement, Leaf leaf) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 999, 1_000, 4_999, 5_000, 100_000})
    void howeverFewFitIntoMemoryAllComeInOrder(int inMemory) throws IOException {
        List<Given> given = given();
        List<String> taken = new ArrayList<>();

        try (LeafSorter sorter = new LeafSorter(directory, inMemory)) {
            for (Given one : given) {
                sorter.add(one.statement(), one.leaf());
            }
            sorter.forEach(
                    (statement, key, commitment) -> taken.add(text(statement, new Leaf(LineKey.of(key), commitment))));
        }

        assertThat(taken)
                .isEqualTo(given.stream()
                        .sorted(Comparator.comparingInt(Given::statement)
                                .thenComparing(one -> one.leaf().key()))
                        .map(one -> text(one.statement(), one.leaf()))
                        .toList());
    }

    /** So nobody else can open it, and a process that is killed leaves none. */
    @Test
    void whatGoesToDiskHasNoNameThere() throws IOException {
        try (LeafSorter sorter = new LeafSorter(directory, 10)) {
            for (Given one : given()) {
                sorter.add(one.statement(), one.leaf());
            }
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void whatFitsIntoMemoryNeedsNoFile() throws IOException {
        try (LeafSorter sorter = new LeafSorter(directory, LEAVES)) {
            for (Given one : given()) {
                sorter.add(one.statement(), one.leaf());
            }
            sorter.forEach((statement, key, commitment) -> {});
            assertThat(files()).isEmpty();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static List<Given> given() {
        Random random = new Random(20261128);
        return IntStream.range(0, LEAVES)
                .mapToObj(i -> new Given(random.nextInt(STATEMENTS), leaf(random)))
                .toList();
    }

    /** Half of all call ids begin with a bit that a signed comparison would take for a minus. */
    private static Leaf leaf(Random random) {
        byte[] commitment = new byte[32];
        random.nextBytes(commitment);
        CallId call = CallId.mint(Instant.ofEpochMilli(random.nextLong(1L << 48)), random);
        return new Leaf(new LineKey(call, random.nextInt(3), 1 + random.nextInt(3)), commitment);
    }

    private static String text(int statement, Leaf leaf) {
        return statement + " " + leaf.key() + " " + java.util.HexFormat.of().formatHex(leaf.commitment());
    }
}
