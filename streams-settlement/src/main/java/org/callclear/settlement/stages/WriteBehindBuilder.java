package org.callclear.settlement.stages;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds a {@link WriteBehind} on a store of bytes. Its changelog is always written: what is on a disk may be lost without harm. */
final class WriteBehindBuilder<K, V> implements StoreBuilder<WriteBehind<K, V>> {
    private final KeyValueBytesStoreSupplier supplier;
    private final Serde<K> keys;
    private final Serde<V> values;
    private final Map<String, String> logConfig = new HashMap<>();

    WriteBehindBuilder(KeyValueBytesStoreSupplier supplier, Serde<K> keys, Serde<V> values) {
        this.supplier = supplier;
        this.keys = keys;
        this.values = values;
    }

    @Override
    public WriteBehind<K, V> build() {
        return new WriteBehind<>(
                Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
                        .withLoggingEnabled(logConfig)
                        .build(),
                keys,
                values);
    }

    @Override
    public StoreBuilder<WriteBehind<K, V>> withLoggingEnabled(Map<String, String> config) {
        logConfig.putAll(config);
        return this;
    }

    @Override
    public Map<String, String> logConfig() {
        return logConfig;
    }

    @Override
    public boolean loggingEnabled() {
        return true;
    }

    @Override
    public String name() {
        return supplier.name();
    }

    /** It holds back what changes, whether or not Streams has a cache of its own. */
    @Override
    public StoreBuilder<WriteBehind<K, V>> withCachingEnabled() {
        return this;
    }

    @Override
    public StoreBuilder<WriteBehind<K, V>> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<WriteBehind<K, V>> withLoggingDisabled() {
        throw new IllegalArgumentException(name() + ": its changelog is the only place where its state is safe");
    }
}
