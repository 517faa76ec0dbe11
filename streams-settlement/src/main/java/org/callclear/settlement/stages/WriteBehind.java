package org.callclear.settlement.stages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
    private final Map<K, Kept<K, V>> kept = new HashMap<>();
    /** In the order in which they changed. */
    private final List<Kept<K, V>> changed = new ArrayList<>();

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

    /** A value, and what the store beneath knows of it. */
    private static final class Kept<K, V> {
        private final K key;
        private @Nullable V value;
        private boolean isBeneath;
        private boolean isChanged;

        private Kept(K key) {
            this.key = key;
        }
    }

    @Nullable
    V get(K key) {
        Kept<K, V> known = kept.get(key);
        return known == null ? null : known.value;
    }

    void put(K key, V value) {
        Kept<K, V> known = kept.get(key);
        if (known == null) {
            known = new Kept<>(key);
            kept.put(key, known);
        }
        known.value = value;
        change(known);
    }

    /** It stays known until the commit, as what comes again meanwhile must know what is beneath. */
    void delete(K key) {
        Kept<K, V> known = kept.get(key);
        if (known != null) {
            known.value = null;
            change(known);
        }
    }

    private void change(Kept<K, V> one) {
        if (!one.isChanged) {
            one.isChanged = true;
            changed.add(one);
        }
    }

    /** Everything that was there at the last commit, in the order of the keys' bytes. */
    void forEach(BiConsumer<K, V> action) {
        try (KeyValueIterator<Bytes, byte[]> all = beneath.all()) {
            all.forEachRemaining(entry -> action.accept(key(entry), value(entry.value)));
        }
    }

    /** Everything that was taken up or put since: the objects themselves. */
    void forEachKept(BiConsumer<K, V> action) {
        kept.values().forEach(one -> {
            if (one.value != null) {
                action.accept(one.key, one.value);
            }
        });
    }

    /** Takes up what the store beneath holds; after it was restored, before anything else. */
    void takeUp() {
        kept.clear();
        changed.clear();
        forEach((key, value) -> {
            Kept<K, V> one = new Kept<>(key);
            one.value = value;
            one.isBeneath = true;
            kept.put(key, one);
        });
    }

    @Override
    public void flushCache() {
        changed.forEach(this::write);
        changed.clear();
    }

    private void write(Kept<K, V> one) {
        one.isChanged = false;
        if (one.value != null) {
            beneath.put(bytes(one.key), values.serializer().serialize(name(), one.value));
            one.isBeneath = true;
            return;
        }
        kept.remove(one.key);
        if (one.isBeneath) {
            beneath.put(bytes(one.key), null);
        }
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
