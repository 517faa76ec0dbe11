package org.callclear.settlement.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementSealTest {
    private static final String DRAFT =
            "{\"disputed\":[],\"header\":{\"carrier\":\"acme\",\"sequence\":2},\"lines\":[],"
                    + "\"trailer\":{\"lines\":0}}";
    private static final byte[] UNSIGNED =
            StatementSeal.unsigned(bytes(DRAFT), new byte[] {1, 2}, 1L << 40, new byte[] {(byte) 0xab});

    @Test
    void aSealAddsItsOwnAndChangesNothing() {
        byte[] published = StatementSeal.signed(UNSIGNED, "k1", new byte[] {(byte) 0xcd});

        assertThat(text(published))
                .isEqualTo("{\"disputed\":[],\"header\":{\"carrier\":\"acme\",\"previous\":\"0102\",\"sequence\":2},"
                        + "\"lines\":[],\"signature\":{\"algorithm\":\"Ed25519\",\"key\":\"k1\",\"value\":\"cd\"},"
                        + "\"trailer\":{\"call_lines\":{\"leaves\":1099511627776,\"root\":\"ab\"},\"lines\":0}}");
    }

    @Test
    void whatIsReadIsWhatWasSigned() {
        StatementSeal.Signed read = StatementSeal.read(StatementSeal.signed(UNSIGNED, "k1", new byte[] {1}));

        assertThat(read.unsigned()).isEqualTo(UNSIGNED);
        assertThat(read.keyId()).isEqualTo("k1");
        assertThat(read.signature()).isEqualTo(new byte[] {1});
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"sequence\":2 | \"sequence\": 2 | not canonical JSON",
                "Ed25519 | none | signature.algorithm",
                "\"signature\" | \"signed\" | signature: missing",
                "\"key\":\"k1\" | \"key\":7 | signature.key: missing",
            })
    void whatIsNoSealedStatementIsRefusedWithWhatIsWrong(String there, String instead, String why) {
        String published = text(StatementSeal.signed(UNSIGNED, "k1", new byte[] {1}));
        assertThat(published).contains(there);

        assertThatThrownBy(() -> StatementSeal.read(bytes(published.replace(there, instead))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aDraftWithoutHeaderIsNone() {
        assertThatThrownBy(() -> StatementSeal.unsigned(bytes("{\"trailer\":{}}"), new byte[0], 0, new byte[32]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("header: missing");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
