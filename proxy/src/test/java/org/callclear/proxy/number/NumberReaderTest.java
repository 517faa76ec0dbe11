package org.callclear.proxy.number;

import static org.assertj.core.api.Assertions.assertThat;

import org.callclear.schemas.call.E164Number;
import org.callclear.sip.call.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberReaderTest {
    private final NumberReader reader = new NumberReader();

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "+442079460001, 442079460001",
        "442079460001, 442079460001",
        "00442079460001, 442079460001",
        "%2B442079460001, 442079460001",
        "+44-20-7946-0001, 442079460001",
        "+44.20.7946.0001, 442079460001",
        "+1(555)010-0001, 15550100001",
        "+44 20 7946 0001, 442079460001",
        "tel:+442079460001, 442079460001",
        "TEL:+442079460001, 442079460001",
        "+442079460001;npdi;rn=+4420, 442079460001",
        "+442079460001;phone-context=+44, 442079460001",
        "1234567, 1234567",
        "+123456789012345, 123456789012345",
    })
    void numbersAreReadAsTheyAreDialled(String dialled, String number) {
        assertThat(reader.read(dialled)).isEqualTo(new DialledNumber.Valid(new E164Number(number)));
    }

    @ParameterizedTest(name = "{0} lacks something")
    @ValueSource(
            strings = {
                "112",
                "+44",
                "00",
                "0044",
                "02079460001",
                "+0442079460001",
                "000442079460001",
                "7946000;phone-context=+4420",
                "79460001;Phone-Context=example.com",
                "123456"
            })
    void incompleteNumbersAre484(String dialled) {
        assertThat(reader.read(dialled)).isEqualTo(new DialledNumber.Invalid(484, Cause.INVALID_NUMBER));
    }

    @ParameterizedTest(name = "{0} is no number")
    @ValueSource(
            strings = {
                "",
                "+",
                "alice",
                "*98",
                "%2398",
                "+44207946000a",
                "++442079460001",
                "44+2079460001",
                "442079460001:secret",
                "%2",
                "%zz442079460001",
                "\u0664\u0664\u0662\u0660\u0667\u0669\u0664\u0666",
                "1234567890123456",
                "+1234567890123456",
                ";npdi"
            })
    void whatIsNoNumberIs404(String dialled) {
        assertThat(reader.read(dialled)).isEqualTo(new DialledNumber.Invalid(404, Cause.INVALID_NUMBER));
    }

    @Test
    void anotherCountrysInternationalPrefixIsAnotherReader() {
        assertThat(new NumberReader("011").read("011442079460001"))
                .isEqualTo(new DialledNumber.Valid(new E164Number("442079460001")));
    }
}
