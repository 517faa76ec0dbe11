package org.callclear.settlement.stages;

import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The state stores, by stage. Each has a changelog topic: what is on a disk may be lost without harm. */
final class StageStores {
    static final String SEEN = "seen-reports";
    static final String CALLS = "calls";
    static final String WAITING = "waiting";
    static final String PLACE = "journal-place";
    static final String LINES = "line-totals";
    static final String PAIRS = "pair-totals";
    static final String RECEIVED_LINES = "received-lines";
    static final String RECEIVED_PAIRS = "received-pairs";
    static final String MARKERS = "markers";
    static final String SEQUENCES = "sequences";

    private StageStores() {}

    static Set<StoreBuilder<?>> ofFirstSight(Serde<SpecificRecord> records) {
        return Set.of(onDisk(SEEN, records));
    }

    static Set<StoreBuilder<?>> ofReconcile(Serde<SpecificRecord> records) {
        return Set.of(
                onDisk(CALLS, records),
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(WAITING), Serdes.String(), Serdes.ByteArray()),
                inMemory(PLACE, records));
    }

    static Set<StoreBuilder<?>> ofTotals(Serde<SpecificRecord> records) {
        return Set.of(inMemory(LINES, records), inMemory(PAIRS, records));
    }

    static Set<StoreBuilder<?>> ofStatements(Serde<SpecificRecord> records) {
        return Set.of(
                onDisk(RECEIVED_LINES, records),
                onDisk(RECEIVED_PAIRS, records),
                onDisk(MARKERS, records),
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(SEQUENCES), Serdes.String(), Serdes.Long()));
    }

    private static StoreBuilder<?> onDisk(String name, Serde<SpecificRecord> records) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), records);
    }

    /** For what is small and written with every call. */
    private static StoreBuilder<?> inMemory(String name, Serde<SpecificRecord> records) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), records);
    }
}
