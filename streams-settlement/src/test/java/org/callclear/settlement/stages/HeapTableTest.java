package org.callclear.settlement.stages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapTableTest {
    private static final int STEPS = 40_000;

    private final HeapTable table = new HeapTable();

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 3000})
    void itHoldsWhatAMapHolds(int keys) {
        Random random = new Random(keys);
        Map<String, String> map = new HashMap<>();
        for (int step = 0; step < STEPS; step++) {
            String key = "key " + random.nextInt(keys);
            if (random.nextInt(4) == 0) {
                table.remove(bytes(key));
                map.remove(key);
            } else {
                String value = "v".repeat(random.nextInt(300)) + step;
                table.put(bytes(key), bytes(value));
                map.put(key, value);
            }
            assertThat(text(table.get(bytes(key)))).as("step %d", step).isEqualTo(map.get(key));
        }
        assertThat(contents()).isEqualTo(map);
        assertThat(table.size()).isEqualTo(map.size());
    }

    @Test
    void whatIsReplacedOverAndOverTakesNoMoreRoom() {
        for (int step = 0; step < STEPS; step++) {
            table.put(bytes("one"), new byte[100 + step % 2]);
            table.put(bytes("other " + step), new byte[100]);
            table.remove(bytes("other " + step));
        }
        assertThat(table.used()).isLessThan(1 << 20);
        assertThat(table.keys()).extracting(HeapTableTest::text).containsExactly("one");
    }

    @Test
    void whatIsLargerThanASlabIsKeptToo() {
        byte[] large = new byte[3 << 20];
        new Random(1).nextBytes(large);
        table.put(bytes("before"), bytes("1"));
        table.put(bytes("large"), large);
        table.put(bytes("after"), bytes("2"));
        assertThat(table.get(bytes("large"))).isEqualTo(large);
        assertThat(text(table.get(bytes("before")))).isEqualTo("1");
        assertThat(text(table.get(bytes("after")))).isEqualTo("2");
    }

    @Test
    void keysThatHashAlikeAreToldApart() {
        List<String> alike = List.of("AaAa", "BBBB", "AaBB", "BBAa");
        alike.forEach(key -> table.put(bytes(key), bytes("of " + key)));
        table.remove(bytes("BBBB"));
        assertThat(contents()).isEqualTo(Map.of("AaAa", "of AaAa", "AaBB", "of AaBB", "BBAa", "of BBAa"));
    }

    @Test
    void nothingIsLeftOfWhatWasCleared() {
        table.put(bytes("key"), bytes("value"));
        table.clear();
        assertThat(table.get(bytes("key"))).isNull();
        assertThat(table.size()).isZero();
        table.put(bytes("key"), new byte[0]);
        assertThat(table.get(bytes("key"))).isEmpty();
    }

    private Map<String, String> contents() {
        Map<String, String> contents = new HashMap<>();
        table.keys().forEach(key -> contents.put(String.valueOf(text(key)), String.valueOf(text(table.get(key)))));
        return contents;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
