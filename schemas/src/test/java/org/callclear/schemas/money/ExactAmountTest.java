package org.callclear.schemas.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactAmountTest {
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final Currency USD = Currency.getInstance("USD");

    @Test
    void neverAddsTwoCurrencies() {
        assertThatThrownBy(() -> ExactAmount.zero(EUR).plus(ExactAmount.zero(USD)))
                .isInstanceOf(CurrencyMismatchException.class);
    }

    @ParameterizedTest
    @CsvSource({"30000000,0.5", "20000000,1/3", "-20000000,-1/3", "1,1/60000000", "600,0.00001", "0,0", "60000000,1"})
    void writesItselfExactly(long units, String text) {
        assertThat(new ExactAmount(BigInteger.valueOf(units), EUR).toExactString())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"HALF_UP,0.13", "HALF_EVEN,0.12", "UP,0.13", "DOWN,0.12"})
    void roundsInTheDirectionItIsGiven(RoundingMode mode, String rounded) {
        assertThat(ExactAmount.of(new BigDecimal("0.125"), EUR).rounded(2, mode))
                .isEqualByComparingTo(rounded);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261123})
    void sumsToTheSameInAnyOrder(long seed) {
        Random random = new Random(seed);
        List<ExactAmount> amounts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            amounts.add(new ExactAmount(new BigInteger(80, random).subtract(BigInteger.ONE.shiftLeft(79)), EUR));
        }
        ExactAmount inOrder = sum(amounts);

        Collections.shuffle(amounts, random);

        assertThat(sum(amounts)).as("seed %d", seed).isEqualTo(inOrder);
    }

    private static ExactAmount sum(List<ExactAmount> amounts) {
        return amounts.stream().reduce(ExactAmount.zero(EUR), ExactAmount::plus);
    }
}
