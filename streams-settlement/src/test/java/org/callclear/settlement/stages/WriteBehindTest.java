package org.callclear.settlement.stages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class WriteBehindTest {
    private final KeyValueStore<Bytes, byte[]> beneath = HeapStore.named("test").get();

    @Test
    void whatChangesIsSeenAtOnceAndWrittenAtTheCommit() {
        WriteBehind<String, String> store = store();
        store.put("a", "1");
        store.put("a", "2");
        assertThat(store.get("a")).isEqualTo("2");
        assertThat(written()).isEmpty();

        store.flushCache();
        assertThat(store.get("a")).isEqualTo("2");
        assertThat(written()).containsExactly(Map.entry("a", "2"));
    }

    @Test
    void whatIsDeletedIsGoneAtOnceAndBeneathAtTheCommit() {
        WriteBehind<String, String> store = store();
        store.put("a", "1");
        store.flushCache();
        store.delete("a");
        assertThat(store.get("a")).isNull();
        assertThat(written()).containsExactly(Map.entry("a", "1"));

        store.flushCache();
        assertThat(store.get("a")).isNull();
        assertThat(written()).isEmpty();
    }

    @Test
    void whatWasNotCommittedIsLostAndTheRestIsTakenUp() {
        WriteBehind<String, String> store = store();
        store.put("kept", "1");
        store.put("changed", "1");
        store.flushCache();
        store.put("changed", "2");
        store.delete("kept");
        store.put("new", "1");

        WriteBehind<String, String> after = store();
        assertThat(after.get("kept")).isEqualTo("1");
        assertThat(after.get("changed")).isEqualTo("1");
        assertThat(after.get("new")).isNull();
    }

    private WriteBehind<String, String> store() {
        WriteBehind<String, String> store = new WriteBehind<>(beneath, Serdes.String(), Serdes.String());
        store.takeUp();
        return store;
    }

    private Map<String, String> written() {
        Map<String, String> written = new LinkedHashMap<>();
        try (var all = beneath.all()) {
            all.forEachRemaining(entry -> written.put(text(entry.key.get()), text(entry.value)));
        }
        return written;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
