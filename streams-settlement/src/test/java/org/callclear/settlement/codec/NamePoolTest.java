package org.callclear.settlement.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NamePoolTest {
    private final NamePool names = new NamePool();

    @Test
    void aNameThatWasMetIsTheSameStringAgain() {
        assertThat(read("acme")).isEqualTo("acme").isSameAs(read("acme"));
    }

    @Test
    void everyTextIsReadAsItStands() {
        for (int i = 0; i < 20_000; i++) {
            assertThat(read("carrier-" + i)).isEqualTo("carrier-" + i);
        }
        for (String text : new String[] {"", "é", "é", "\u0000", "日本", "日本", "ab\u007f"}) {
            assertThat(read(text)).isEqualTo(text);
        }
    }

    private String read(String text) {
        byte[] bytes = ("<<" + text + ">>").getBytes(StandardCharsets.UTF_8);
        return names.name(bytes, 2, bytes.length - 4);
    }
}
