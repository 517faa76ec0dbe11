package org.callclear.systemtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FractionTest {
    @ParameterizedTest
    @CsvSource({
        "0.125,2,HALF_UP,0.13", "0.125,2,HALF_EVEN,0.12", "0.135,2,HALF_EVEN,0.14", "0.121,2,UP,0.13",
        "0.129,2,DOWN,0.12", "-0.125,2,HALF_UP,-0.13", "-0.121,2,UP,-0.13", "-0.129,2,DOWN,-0.12",
        "0.12,2,UP,0.12", "-0.001,2,HALF_UP,0.00", "2.5,0,HALF_EVEN,2", "1234.5,0,HALF_UP,1235"
    })
    void roundsAsTheRuleSays(String exact, int scale, String rule, String rounded) {
        assertThat(Fraction.of(exact).rounded(scale, rule).fixed(scale)).isEqualTo(rounded);
    }

    @Test
    void writesTheShortestDecimalOrTheFraction() {
        assertThat(Fraction.of("1.500").exactText()).isEqualTo("1.5");
        assertThat(Fraction.ZERO.exactText()).isEqualTo("0");
        assertThat(Fraction.of(-10).exactText()).isEqualTo("-10");
        assertThat(Fraction.of(61, -60_000).exactText()).isEqualTo("-61/60000");
    }

    @Test
    void writesADifferenceWithSixToTwelveDecimals() {
        assertThat(Fraction.of("0.25").differenceText()).isEqualTo("0.250000");
        assertThat(Fraction.of("0.0000001").differenceText()).isEqualTo("0.0000001");
        assertThat(Fraction.of(-1, 3).differenceText()).isEqualTo("-0.333333333333");
    }
}
