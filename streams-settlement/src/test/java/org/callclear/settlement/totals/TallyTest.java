package org.callclear.settlement.totals;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TallyTest {
    /** Of amounts that fit a long, that fit one by one but not together, and that do not fit. */
    @ParameterizedTest
    @ValueSource(ints = {20, 62, 63, 64, 130})
    void itComesToWhatSumsComeTo(int bits) {
        Random random = new Random(bits);
        Tally tally = new Tally();
        Sums sums = Sums.ZERO;
        for (int i = 0; i < 1000; i++) {
            Sums more = new Sums(i % 3 - 1, i, 60 - i, amount(bits, random), amount(bits, random));
            tally.add(more);
            sums = sums.plus(more);
            assertThat(tally.sums()).as("seed %d, after %d", bits, i).isEqualTo(sums);
        }
        assertThat(Tally.of(sums).sums()).isEqualTo(sums);
    }

    private static BigInteger amount(int bits, Random random) {
        BigInteger amount = new BigInteger(bits, random);
        return random.nextBoolean() ? amount : amount.negate();
    }
}
