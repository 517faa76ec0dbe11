package org.callclear.schemas.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {

    @Test
    void aCallIdTellsItsBirthAndComesBackFromText() {
        Instant now = Instant.parse("2026-11-23T10:15:30.123Z");

        CallId minted = CallId.mint(now, new Random(7));

        assertThat(minted.bornAt()).isEqualTo(now);
        assertThat(CallId.parse(minted.toString())).isEqualTo(minted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c-1",
                "00000000-0000-4000-8000-000000000000",
                "019e0000-0000-7000-0000-000000000000",
                "019E0000-0000-7000-8000-00000000000A",
                "19e0000-0-7000-8000-0"
            })
    void whatIsNoUuidOfVersionSevenIsNoCallId(String text) {
        assertThatThrownBy(() -> CallId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4930123456", "12025550123", "1234567", "123456789012345"})
    void numbersOfSevenToFifteenDigitsAreE164(String digits) {
        assertThat(new E164Number(digits).digits()).isEqualTo(digits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0301234567", "+4930123456", "123456", "1234567890123456", "49 30 1234", "٤٩٣٠١٢٣٤٥٦"})
    void otherTextIsNot(String digits) {
        assertThatThrownBy(() -> new E164Number(digits)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"4930123456, 4930******", "abc\tdef, ???****", "1, *", "'', ''"})
    void aLogSeesTheFirstDigitsAtMost(String text, String shown) {
        assertThat(E164Number.mask(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "-acme",
                "acme-",
                "Acme",
                "acme.cdrs",
                "1acme",
                "a_b",
                "abcdefghijklmnopqrstuvwxyzabcdefg"
            })
    void aPartyNameNeverReachesAcrossADot(String name) {
        assertThatThrownBy(() -> new CarrierId(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMessageShowsLittleOfForeignTextAndNoControlCharacters() {
        assertThat(PartyName.shown("a\nb\u001b" + "x".repeat(1_000_000)))
                .startsWith("a?b?x")
                .hasSizeLessThan(80);
    }

    @Test
    void aTransactionIdIsNeverShownWhole() {
        TransactionId id = new TransactionId("0123456789abcdef0123456789abcdef");

        assertThat(id.toString()).doesNotContain("789abcdef");
    }
}
