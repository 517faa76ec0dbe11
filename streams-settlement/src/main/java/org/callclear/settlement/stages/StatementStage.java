package org.callclear.settlement.stages;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.callclear.schemas.avro.CalendarMarker;
import org.callclear.schemas.avro.LineSums;
import org.callclear.schemas.avro.PairTotal;
import org.callclear.schemas.avro.Position;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.settlement.post.Adjustments;
import org.callclear.settlement.post.DoubleEntry;
import org.callclear.settlement.statement.ClosedPeriod;
import org.callclear.settlement.statement.ClosedStatement;
import org.callclear.settlement.statement.StatementJson;
import org.callclear.settlement.totals.Lines;
import org.callclear.settlement.totals.Pairs;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings together what the partitions of the journal know. Leaves a {@link Position} whenever a pair's total changed, and
 * the {@link StatementDraft}s of a period with what they adjust once the markers of all partitions are there.
 */
public final class StatementStage implements ProcessorSupplier<String, SpecificRecord, String, SpecificRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(StatementStage.class);
    private static final StringSerializer STRINGS = new StringSerializer();

    private final Serde<SpecificRecord> records;
    private final StoreKind stores;
    private final int partitions;

    /** @param partitions of the topic that totals come on */
    public StatementStage(Serde<SpecificRecord> records, StoreKind stores, int partitions) {
        this.records = records;
        this.stores = stores;
        this.partitions = partitions;
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return StageStores.ofStatements(records, stores);
    }

    @Override
    public Processor<String, SpecificRecord, String, SpecificRecord> get() {
        return new Stage();
    }

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    private final class Stage implements Processor<String, SpecificRecord, String, SpecificRecord> {
        private ProcessorContext<String, SpecificRecord> context;
        private KeyValueStore<String, SpecificRecord> lines;
        private KeyValueStore<String, SpecificRecord> pairs;
        private KeyValueStore<String, SpecificRecord> markers;
        private KeyValueStore<String, Long> sequences;

        @Override
        public void init(ProcessorContext<String, SpecificRecord> context) {
            this.context = context;
            this.lines = context.getStateStore(StageStores.RECEIVED_LINES);
            this.pairs = context.getStateStore(StageStores.RECEIVED_PAIRS);
            this.markers = context.getStateStore(StageStores.MARKERS);
            this.sequences = context.getStateStore(StageStores.SEQUENCES);
        }

        @Override
        public void process(Record<String, SpecificRecord> record) {
            switch (record.value()) {
                case LineSums sums -> lines.put(Lines.key(sums.getLine()) + sums.getSourcePartition(), sums);
                case PairTotal pair -> position(record, pair);
                case CalendarMarker marker -> mark(record, marker);
                default -> throw new IllegalStateException("not a total: " + record.key());
            }
        }

        private void position(Record<String, SpecificRecord> record, PairTotal pair) {
            pairs.put(Pairs.key(pair) + pair.getSourcePartition(), pair);
            PairTotal all = scan(pairs, Pairs.key(pair)).values().stream()
                    .map(PairTotal.class::cast)
                    .reduce(Pairs::plus)
                    .orElse(pair);
            Position position = Pairs.position(all);
            context.forward(record.withKey(Pairs.topicKey(position)).withValue(position));
        }

        private void mark(Record<String, SpecificRecord> record, CalendarMarker marker) {
            String prefix = Pairs.prefix(marker.getPeriod());
            markers.put(prefix + marker.getSourcePartition(), marker);
            Map<String, SpecificRecord> there = scan(markers, prefix);
            if (there.size() == marker.getPartitions()) {
                ClosedPeriod period = ClosedPeriod.of(
                        there.values().stream().map(CalendarMarker.class::cast).toList());
                state(record, period, marker.getCarriers());
                forget(prefix);
                context.commit();
            }
        }

        private void state(Record<String, SpecificRecord> record, ClosedPeriod period, List<String> carriers) {
            Map<String, List<LineSums>> byCarrier = new TreeMap<>();
            carriers.stream()
                    .filter(carrier -> TotalsPartitioner.home(carrier, partitions)
                            == context.taskId().partition())
                    .forEach(carrier -> byCarrier.put(carrier, new ArrayList<>()));
            for (SpecificRecord total :
                    scan(lines, Pairs.prefix(period.period().id())).values()) {
                LineSums sums = (LineSums) total;
                byCarrier
                        .computeIfAbsent(sums.getLine().getCarrier(), c -> new ArrayList<>())
                        .add(sums);
            }
            byCarrier.forEach((carrier, totals) -> {
                ClosedStatement closed = ClosedStatement.of(carrier, next(carrier), period, totals);
                StatementDraft draft = draft(closed);
                LOG.info("statement {} with {} lines", draft.getStatementId(), totals.size());
                context.forward(record.withKey(carrier).withValue(draft));
                Adjustments.of(closed)
                        .forEach(entry -> context.forward(
                                record.withKey(DoubleEntry.keyOf(entry)).withValue(entry)));
            });
        }

        private long next(String carrier) {
            @Nullable Long last = sequences.get(carrier);
            long next = last == null ? 1 : last + 1;
            sequences.put(carrier, next);
            return next;
        }

        private void forget(String prefix) {
            for (KeyValueStore<String, SpecificRecord> store : List.of(lines, pairs, markers)) {
                scan(store, prefix).keySet().forEach(store::delete);
            }
        }
    }

    private static Map<String, SpecificRecord> scan(KeyValueStore<String, SpecificRecord> store, String prefix) {
        Map<String, SpecificRecord> found = new TreeMap<>();
        try (KeyValueIterator<String, SpecificRecord> all = store.prefixScan(prefix, STRINGS)) {
            all.forEachRemaining(entry -> found.put(entry.key, entry.value));
        }
        return found;
    }

    private static StatementDraft draft(ClosedStatement closed) {
        return new StatementDraft(
                closed.id(),
                closed.carrier(),
                closed.covers().period().id(),
                closed.sequence(),
                ByteBuffer.wrap(StatementJson.bytes(closed)),
                closed.covers().salt());
    }
}
