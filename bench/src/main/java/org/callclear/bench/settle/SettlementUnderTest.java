package org.callclear.bench.settle;

import java.time.Duration;
import java.util.Set;
import org.apache.kafka.streams.Topology;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.wire.MemoryRegistry;
import org.callclear.settlement.SettlementTopology;
import org.callclear.settlement.stages.RecordSerde;

/** The product's topology. The only class here that touches its constructor. */
public final class SettlementUnderTest {
    private static final Duration ONE_SIDED_DELAY = Duration.ofMinutes(5);

    private SettlementUnderTest() {}

    /** The kinds of store it can be built with. */
    public static Set<StoreKind> kinds() {
        return Set.of(StoreKind.values());
    }

    static Topology topology(StoreKind kind) {
        if (!kinds().contains(kind)) {
            throw new IllegalArgumentException("stores: the topology cannot be built with " + kind);
        }
        return new SettlementTopology(
                        RecordSerde.of(MemoryRegistry.open()),
                        kind == StoreKind.ROCKSDB
                                ? org.callclear.settlement.stages.StoreKind.ON_DISK
                                : org.callclear.settlement.stages.StoreKind.IN_MEMORY,
                        ONE_SIDED_DELAY,
                        Catalogue.CALL_PARTITIONS)
                .build();
    }
}
