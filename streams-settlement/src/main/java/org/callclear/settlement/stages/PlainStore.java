package org.callclear.settlement.stages;

import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Typed values over a store of bytes, as Streams would put them there, for whoever works without Streams. For one thread. */
@SuppressWarnings("NullAway") // Kafka's contract: null for what is not there
final class PlainStore<K, V> implements KeyValueStore<K, V> {
    private final KeyValueStore<Bytes, byte[]> beneath;
    private final Serde<K> keys;
    private final Serde<V> values;

    PlainStore(KeyValueStore<Bytes, byte[]> beneath, Serde<K> keys, Serde<V> values) {
        this.beneath = beneath;
        this.keys = keys;
        this.values = values;
    }

    @Override
    public V get(K key) {
        return value(beneath.get(bytes(key)));
    }

    @Override
    public void put(K key, V value) {
        beneath.put(bytes(key), values.serializer().serialize(name(), value));
    }

    @Override
    public V putIfAbsent(K key, V value) {
        V known = get(key);
        if (known == null) {
            put(key, value);
        }
        return known;
    }

    @Override
    public void putAll(List<KeyValue<K, V>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public V delete(K key) {
        return value(beneath.delete(bytes(key)));
    }

    @Override
    public KeyValueIterator<K, V> range(K from, K to) {
        return typed(beneath.range(bytes(from), bytes(to)));
    }

    @Override
    public KeyValueIterator<K, V> all() {
        return typed(beneath.all());
    }

    @Override
    public long approximateNumEntries() {
        return beneath.approximateNumEntries();
    }

    @Override
    public String name() {
        return beneath.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        throw new UnsupportedOperationException("nothing of it is restored");
    }

    @Override
    public void close() {
        beneath.close();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    private Bytes bytes(K key) {
        return Bytes.wrap(keys.serializer().serialize(name(), key));
    }

    private V value(byte[] bytes) {
        return bytes == null ? null : values.deserializer().deserialize(name(), bytes);
    }

    private KeyValueIterator<K, V> typed(KeyValueIterator<Bytes, byte[]> raw) {
        return new KeyValueIterator<>() {
            @Override
            public K peekNextKey() {
                return keys.deserializer().deserialize(name(), raw.peekNextKey().get());
            }

            @Override
            public boolean hasNext() {
                return raw.hasNext();
            }

            @Override
            public KeyValue<K, V> next() {
                KeyValue<Bytes, byte[]> entry = raw.next();
                return KeyValue.pair(keys.deserializer().deserialize(name(), entry.key.get()), value(entry.value));
            }

            @Override
            public void close() {
                raw.close();
            }
        };
    }
}
