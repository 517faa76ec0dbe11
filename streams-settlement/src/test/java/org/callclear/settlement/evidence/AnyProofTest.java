package org.callclear.settlement.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.callclear.schemas.call.CallId;
import org.callclear.settlement.proof.CallProof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all proofs, ten thousand of them and as many that were altered. A failure names its seed. */
class AnyProofTest {
    private static final int MONTHS = Integer.getInteger("callclear.proofs", 3_000) / 20; // 10,000 in a full run
    private static final int PROOFS_OF_A_MONTH = 20;
    private static final int MOST_LEAVES = 5_000;
    private static final int FEW_LEAVES = 9;

    static Stream<Long> seeds() {
        return new Random(20261128).longs(MONTHS).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyProofHoldsAndNoneThatIsAltered(long seed) {
        Random random = new Random(seed);
        // Every third is small: that is where trees have their corners.
        Month month = Month.first(random.nextInt((random.nextInt(3) == 0 ? FEW_LEAVES : MOST_LEAVES) + 1), random);
        EvidenceCheck check = Month.check();
        for (int i = 0; i < PROOFS_OF_A_MONTH; i++) {
            CallId call = anyCall(month, random);
            CallProof proof = month.proof(call);
            byte[] file = month.file(proof);

            assertThat(check.check(file)).as("call %s", call).isInstanceOf(Finding.Proved.class);
            assertThat(proof.lines().isEmpty()).isEqualTo(!month.calls.contains(call));
            assertThat(ProofFile.read(file).bytes()).isEqualTo(file);

            byte[] altered = Alteration.any(month, proof, random);
            assertThat(check.check(altered))
                    .as("%s", new String(altered, StandardCharsets.UTF_8))
                    .isInstanceOf(Finding.Bad.class);
        }
    }

    @Test
    void everyAlterationIsFoundInTreesOfAnySmallSize() {
        Random random = new Random(5);
        Map<Alteration, Integer> made = new EnumMap<>(Alteration.class);
        for (int leaves = 0; leaves <= 2 * FEW_LEAVES; leaves++) {
            Month month = Month.first(leaves, random);
            for (Alteration alteration : Alteration.values()) {
                for (int i = 0; i < 10; i++) {
                    byte[] altered = alteration.of(month, month.proof(anyCall(month, random)), random);
                    if (altered != null) {
                        made.merge(alteration, 1, Integer::sum);
                        assertThat(Month.check().check(altered))
                                .as("%s: %s", alteration, new String(altered, StandardCharsets.UTF_8))
                                .isInstanceOf(Finding.Bad.class);
                    }
                }
            }
        }
        assertThat(made).containsOnlyKeys(Alteration.values());
    }

    static CallId anyCall(Month month, Random random) {
        return month.calls.isEmpty() || random.nextInt(3) == 0
                ? Month.anyCall(random)
                : month.calls.get(random.nextInt(month.calls.size()));
    }
}
