package org.callclear.settlement.stages;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A store that has all its objects in memory and hands out the objects themselves: what changes between two commits is
 * turned into bytes once, when Streams is about to commit, however often it changed. What is in the store beneath, and in
 * its changelog, is therefore what held at the last commit, which is where a task that dies begins again.
 *
 * <p>Objects may be changed in place by whoever took them, and must then be {@link #put} back. For one thread. The hook
 * before the commit is that of Streams' own record cache; see decision 0017.
 */
final class WriteBehind<K, V> implements StateStore, CachedStateStore<K, V> {
    private final KeyValueStore<Bytes, byte[]> beneath;
    private final Serde<K> keys;
    private final Serde<V> values;
    private final Map<K, V> kept = new HashMap<>();
    private final Map<K, @Nullable V> changed = new HashMap<>();

    /**
     * A store on top of another.
     *
     * @param beneath keeps the bytes, and writes the changelog
     */
    WriteBehind(KeyValueStore<Bytes, byte[]> beneath, Serde<K> keys, Serde<V> values) {
        this.beneath = beneath;
        this.keys = keys;
        this.values = values;
    }

    @Nullable
    V get(K key) {
        return kept.get(key);
    }

    void put(K key, V value) {
        kept.put(key, value);
        changed.put(key, value);
    }

    void delete(K key) {
        kept.remove(key);
        changed.put(key, null);
    }

    /** Everything that was there at the last commit, in the order of the keys' bytes. */
    void forEach(BiConsumer<K, V> action) {
        try (KeyValueIterator<Bytes, byte[]> all = beneath.all()) {
            all.forEachRemaining(entry -> action.accept(key(entry), value(entry.value)));
        }
    }

    /** Takes up what the store beneath holds; after it was restored, before anything else. */
    void takeUp() {
        kept.clear();
        changed.clear();
        forEach(kept::put);
    }

    @Override
    public void flushCache() {
        changed.forEach((key, value) -> {
            Bytes bytes = bytes(key);
            if (value != null) {
                beneath.put(bytes, values.serializer().serialize(name(), value));
            } else if (beneath.get(bytes) != null) {
                beneath.put(bytes, null);
            }
        });
        changed.clear();
    }

    @Override
    public void clearCache() {
        kept.clear();
        changed.clear();
    }

    /** Nobody follows what changes here. */
    @Override
    public boolean setFlushListener(CacheFlushListener<K, V> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public String name() {
        return beneath.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        beneath.init(context, root);
    }

    @Override
    public void commit(Map<org.apache.kafka.common.TopicPartition, Long> offsets) {
        beneath.commit(offsets);
    }

    @Override
    public @Nullable Long committedOffset(org.apache.kafka.common.TopicPartition partition) {
        return beneath.committedOffset(partition);
    }

    @Override
    @SuppressWarnings("deprecation") // Streams asks as long as it has it
    public boolean managesOffsets() {
        return beneath.managesOffsets();
    }

    @Override
    public void close() {
        clearCache();
        beneath.close();
    }

    @Override
    public boolean persistent() {
        return beneath.persistent();
    }

    @Override
    public boolean isOpen() {
        return beneath.isOpen();
    }

    private Bytes bytes(K key) {
        return Bytes.wrap(keys.serializer().serialize(name(), key));
    }

    private K key(KeyValue<Bytes, byte[]> entry) {
        return Objects.requireNonNull(keys.deserializer().deserialize(name(), entry.key.get()), "a key");
    }

    private V value(byte[] bytes) {
        return Objects.requireNonNull(values.deserializer().deserialize(name(), bytes), "a value");
    }
}
