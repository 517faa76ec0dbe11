package org.callclear.settlement.stages;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.callclear.schemas.avro.LineTotal;
import org.callclear.schemas.avro.PairTotal;
import org.callclear.schemas.avro.PeriodMarker;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.settlement.totals.Lines;
import org.callclear.settlement.totals.Pairs;

/**
 * Adds up the priced calls of one journal partition. Leaves totals as absolute values: those that changed now and then,
 * and all of a period before its marker. When they leave decides how fresh the positions are, never what they are.
 */
public final class TotalsStage implements ProcessorSupplier<String, SpecificRecord, String, SpecificRecord> {
    private static final Duration FRESHNESS = Duration.ofMillis(200);

    private final Serde<SpecificRecord> records;

    public TotalsStage(Serde<SpecificRecord> records) {
        this.records = records;
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return StageStores.ofTotals(records);
    }

    @Override
    public Processor<String, SpecificRecord, String, SpecificRecord> get() {
        return new Stage();
    }

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    private static final class Stage implements Processor<String, SpecificRecord, String, SpecificRecord> {
        private final Set<String> changedLines = new HashSet<>();
        private final Set<String> changedPairs = new HashSet<>();
        private ProcessorContext<String, SpecificRecord> context;
        private KeyValueStore<String, SpecificRecord> lines;
        private KeyValueStore<String, SpecificRecord> pairs;

        @Override
        public void init(ProcessorContext<String, SpecificRecord> context) {
            this.context = context;
            this.lines = context.getStateStore(StageStores.LINES);
            this.pairs = context.getStateStore(StageStores.PAIRS);
            // What had changed before a restart is not known any more: all of it goes out once again.
            changedLines.addAll(drain(lines.all()));
            changedPairs.addAll(drain(pairs.all()));
            context.schedule(FRESHNESS, PunctuationType.WALL_CLOCK_TIME, this::forwardChanged);
        }

        @Override
        public void process(Record<String, SpecificRecord> record) {
            switch (record.value()) {
                case ReconciledCall call -> add(call);
                case PeriodMarker marker -> close(record, marker);
                default -> throw new IllegalStateException("not to be added up: " + record.key());
            }
        }

        private void add(ReconciledCall call) {
            int partition = context.taskId().partition();
            for (LineTotal line : Lines.of(call, partition)) {
                String key = Lines.key(line);
                LineTotal before = (LineTotal) lines.get(key);
                lines.put(key, before == null ? line : Lines.plus(before, line));
                changedLines.add(key);
            }
            for (PairTotal pair : Pairs.of(call, partition)) {
                String key = Pairs.key(pair);
                PairTotal before = (PairTotal) pairs.get(key);
                pairs.put(key, before == null ? pair : Pairs.plus(before, pair));
                changedPairs.add(key);
            }
        }

        private void forwardChanged(long now) {
            changedLines.forEach(key -> forward(lines.get(key), now));
            changedPairs.forEach(key -> forward(pairs.get(key), now));
            changedLines.clear();
            changedPairs.clear();
        }

        private void close(Record<String, SpecificRecord> record, PeriodMarker marker) {
            String prefix = Pairs.prefix(marker.getPeriod());
            take(lines, prefix, changedLines, record.timestamp());
            take(pairs, prefix, changedPairs, record.timestamp());
            context.forward(record);
        }

        private void take(
                KeyValueStore<String, SpecificRecord> store, String prefix, Set<String> changed, long timestamp) {
            for (String key : keys(store, prefix)) {
                forward(store.delete(key), timestamp);
                changed.remove(key);
            }
        }

        private void forward(SpecificRecord total, long timestamp) {
            context.forward(new Record<>(TotalsPartitioner.keyOf(total), total, timestamp));
        }

        private static List<String> keys(KeyValueStore<String, SpecificRecord> store, String prefix) {
            return drain(store.prefixScan(prefix, new StringSerializer()));
        }

        private static List<String> drain(KeyValueIterator<String, SpecificRecord> entries) {
            List<String> keys = new ArrayList<>();
            try (entries) {
                entries.forEachRemaining(entry -> keys.add(entry.key));
            }
            return keys;
        }
    }
}
