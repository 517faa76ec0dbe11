package org.callclear.settlement.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    @Test
    void sortsMembersAndLeavesNoSpace() {
        assertThat(json(Map.of("b", 1, "a", List.of(true, 2L), "A", "x")))
                .isEqualTo("{\"A\":\"x\",\"a\":[true,2],\"b\":1}");
    }

    @Test
    void sortsByUtf16AsTheExampleOfRfc8785() {
        assertThat(json(Map.of("\u20ac", 1, "\r", 2, "\ufb33", 3, "1", 4, "\ud83d\ude00", 5, "\u0080", 6, "\u00f6", 7)))
                .isEqualTo(
                        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
    }

    @Test
    void escapesOnlyWhatItMust() {
        assertThat(json("\u000f\n\"\\/é")).isEqualTo("\"\\u000f\\n\\\"\\\\/é\"");
    }

    @Test
    void takesNoFraction() {
        assertThatThrownBy(() -> CanonicalJson.bytes(0.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.bytes((1L << 53) + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void emptyThingsStayEmpty() {
        assertThat(json(Map.of("a", Map.of(), "b", List.of()))).isEqualTo("{\"a\":{},\"b\":[]}");
    }

    private static String json(Object value) {
        return new String(CanonicalJson.bytes(value), StandardCharsets.UTF_8);
    }
}
