package org.callclear.settlement.stages;

import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bytes in a {@link HeapTable}: a key is found without comparing it with others on the way, which Streams' own
 * in-memory store does, and what is kept costs the collector next to nothing. What it pays for that is the order, which is
 * made whenever somebody asks for it. For one thread.
 */
@SuppressWarnings("NullAway") // Kafka's contract: null for what is not there
final class HeapStore implements KeyValueStore<Bytes, byte[]> {
    private final String name;
    private final HeapTable table = new HeapTable();
    private final Position position = Position.emptyPosition();
    private boolean open;

    private HeapStore(String name) {
        this.name = name;
    }

    static KeyValueBytesStoreSupplier named(String name) {
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new HeapStore(name);
            }

            @Override
            public String metricsScope() {
                return "heap";
            }
        };
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        open = true;
        context.register(root, (key, value) -> put(Bytes.wrap(key), value));
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        if (value == null) {
            table.remove(key.get());
        } else {
            table.put(key.get(), value);
        }
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        byte[] known = get(key);
        if (known == null) {
            put(key, value);
        }
        return known;
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte[] delete(Bytes key) {
        byte[] known = get(key);
        table.remove(key.get());
        return known;
    }

    @Override
    public byte[] get(Bytes key) {
        return table.get(key.get());
    }

    /** As things stand now, in the order of the keys. */
    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        return sorted(key -> (from == null || key.compareTo(from) >= 0) && (to == null || key.compareTo(to) <= 0));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return sorted(key -> true);
    }

    @Override
    public long approximateNumEntries() {
        return table.size();
    }

    @Override
    public Position getPosition() {
        return position;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        table.clear();
        open = false;
    }

    private KeyValueIterator<Bytes, byte[]> sorted(Predicate<Bytes> wanted) {
        return new Entries(table.keys().stream()
                .map(Bytes::wrap)
                .filter(wanted)
                .sorted()
                .map(key -> KeyValue.pair(key, get(key)))
                .toList());
    }

    private static final class Entries implements KeyValueIterator<Bytes, byte[]> {
        private final List<KeyValue<Bytes, byte[]>> entries;
        private final Iterator<KeyValue<Bytes, byte[]>> rest;
        private int given;

        private Entries(List<KeyValue<Bytes, byte[]>> entries) {
            this.entries = entries;
            this.rest = entries.iterator();
        }

        @Override
        public Bytes peekNextKey() {
            return entries.get(given).key;
        }

        @Override
        public boolean hasNext() {
            return rest.hasNext();
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            given++;
            return rest.next();
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
