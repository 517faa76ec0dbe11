package org.callclear.settlement.stages;

import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The state stores, by stage. Each has a changelog topic: what is on a disk may be lost without harm. */
final class StageStores {
    /** Files of calls that wait for something: few, and looked at often. */
    static final String OPEN_FILES = "open-files";
    /** Files of all other calls, for whatever comes later. */
    static final String FILES = "files";

    static final String TERMS = "terms";
    static final String STANDING = "journal-standing";
    static final String NETTINGS = "nettings";
    static final String LINE_NAMES = "line-names";
    static final String LINE_SUMS = "line-sums";
    static final String RECEIVED_LINES = "received-lines";
    static final String RECEIVED_PAIRS = "received-pairs";
    static final String MARKERS = "markers";
    static final String SEQUENCES = "sequences";

    private StageStores() {}

    static Set<StoreBuilder<?>> ofReconcile(Serde<SpecificRecord> records, StoreKind kind) {
        return Set.of(
                new WriteBehindBuilder<>(
                        HeapStore.named(OPEN_FILES), new CallIdSerde(), OpenFile.serde(KeptFile.serde(records))),
                Stores.keyValueStoreBuilder(
                        kind == StoreKind.ON_DISK ? Stores.persistentKeyValueStore(FILES) : HeapStore.named(FILES),
                        new CallIdSerde(),
                        KeptFile.serde(records)),
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(TERMS), Serdes.Long(), records),
                new WriteBehindBuilder<>(Stores.inMemoryKeyValueStore(STANDING), Serdes.String(), records),
                Stores.keyValueStoreBuilder(supplier(NETTINGS, kind), Serdes.String(), Serdes.String()));
    }

    static Set<StoreBuilder<?>> ofTotals(Serde<SpecificRecord> records) {
        return Set.of(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(LINE_NAMES), Serdes.Long(), records),
                new WriteBehindBuilder<>(HeapStore.named(LINE_SUMS), Serdes.Long(), new SumsSerde()));
    }

    static Set<StoreBuilder<?>> ofStatements(Serde<SpecificRecord> records, StoreKind kind) {
        return Set.of(
                Stores.keyValueStoreBuilder(supplier(RECEIVED_LINES, kind), Serdes.String(), records),
                Stores.keyValueStoreBuilder(supplier(RECEIVED_PAIRS, kind), Serdes.String(), records),
                Stores.keyValueStoreBuilder(supplier(MARKERS, kind), Serdes.String(), records),
                Stores.keyValueStoreBuilder(supplier(SEQUENCES, kind), Serdes.String(), Serdes.Long()));
    }

    private static KeyValueBytesStoreSupplier supplier(String name, StoreKind kind) {
        return kind == StoreKind.ON_DISK ? Stores.persistentKeyValueStore(name) : Stores.inMemoryKeyValueStore(name);
    }
}
