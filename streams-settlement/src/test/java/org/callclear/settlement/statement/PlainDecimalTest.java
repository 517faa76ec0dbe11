package org.callclear.settlement.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainDecimalTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "0.000000", "-0.000001", "1234567890123.123456", "007"})
    void keepsItsDigits(String text) {
        PlainDecimal decimal = new PlainDecimal(text);

        assertThat(decimal.text()).isEqualTo(text);
        assertThat(decimal.value()).isEqualByComparingTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "1,5", "1.", ".5", "1e3", "+1", " 1", "1/3", "-0", "-0.000", "\u0661", "NaN", "1\n"})
    void anythingElseIsNone(String text) {
        assertThat(PlainDecimal.isPlain(text)).isFalse();
        assertThatThrownBy(() -> new PlainDecimal(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSmallNumberHasNoExponent() {
        assertThat(PlainDecimal.of(new BigDecimal("1E-12")).text()).isEqualTo("0.000000000001");
        assertThat(PlainDecimal.of(new BigDecimal("1E-12")).decimals()).isEqualTo(12);
        assertThat(PlainDecimal.of(7).decimals()).isZero();
    }
}
