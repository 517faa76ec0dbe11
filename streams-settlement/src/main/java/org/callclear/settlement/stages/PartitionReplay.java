package org.callclear.settlement.stages;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.callclear.schemas.avro.CalendarMarker;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.LineSums;
import org.callclear.schemas.topics.Topic;
import org.jspecify.annotations.Nullable;

/**
 * One partition of the journal, folded again by the very stages of the topology, in memory and with no Kafka: what they
 * come to is handed to a {@link Taker}, and nothing is written. For one thread.
 */
public final class PartitionReplay {
    /** So that what stages hold back until a commit does not grow without bound. */
    private static final int RECORDS_BETWEEN_COMMITS = 20_000;

    private final int partition;
    private final Taker taker;
    private final Map<String, StateStore> stores = new HashMap<>();
    private final List<WriteBehind<?, ?>> heldBack;
    private final Processor<String, SpecificRecord, String, Object> reconcile;
    private final Processor<String, Object, String, Object> book;
    private final Processor<String, Object, String, SpecificRecord> totals;
    private long offset;
    private int sinceCommit;

    /** What takes the results, in the order in which they come about. */
    public interface Taker {
        /**
         * An entry of the books.
         *
         * @param offset of the journal's record that it came about by
         */
        void entry(LedgerEntry entry, long offset);

        /** What a line of a statement comes to in this partition: all those of a period come before its end. */
        void line(LineSums sums);

        /** A period ended in this partition. */
        void ended(CalendarMarker marker);
    }

    /**
     * An empty fold.
     *
     * @param partition of the journal
     * @param records of the journal and of what stages keep
     * @param oneSidedDelay as settlement has it
     */
    public PartitionReplay(int partition, Serde<SpecificRecord> records, Duration oneSidedDelay, Taker taker) {
        this.partition = partition;
        this.taker = taker;
        WriteBehind<String, OpenFile> open = new WriteBehind<>(
                HeapStore.named(StageStores.OPEN_FILES).get(),
                new CallIdSerde(),
                OpenFile.serde(KeptFile.serde(records)));
        WriteBehind<String, SpecificRecord> standing =
                new WriteBehind<>(HeapStore.named(StageStores.STANDING).get(), Serdes.String(), records);
        WriteBehind<Long, TallyPage> sums =
                new WriteBehind<>(HeapStore.named(StageStores.LINE_SUMS).get(), Serdes.Long(), new SumsSerde());
        this.heldBack = List.of(open, standing, sums);
        heldBack.forEach(store -> stores.put(store.name(), store));
        keep(StageStores.FILES, new CallIdSerde(), KeptFile.serde(records));
        keep(StageStores.TERMS, Serdes.Long(), records);
        keep(StageStores.NETTINGS, Serdes.String(), Serdes.String());
        keep(StageStores.LINE_NAMES, Serdes.Long(), records);
        this.reconcile = new ReconcileStage(records, StoreKind.IN_MEMORY, oneSidedDelay).get();
        this.book = new BookStage().get();
        this.totals = new TotalsStage(records).get();
        reconcile.init(new Context<>(this::afterReconcile));
        book.init(new Context<>(this::afterBook));
        totals.init(new Context<>((record, child) -> afterTotals(record)));
    }

    private <K, V> void keep(String name, Serde<K> keys, Serde<V> values) {
        stores.put(name, new PlainStore<>(HeapStore.named(name).get(), keys, values));
    }

    /**
     * The next record of the partition.
     *
     * @throws IllegalStateException when it is none that a journal may hold
     */
    public void take(long at, long timestamp, SpecificRecord record) {
        offset = at;
        reconcile.process(new Record<>("", record, timestamp));
        if (++sinceCommit == RECORDS_BETWEEN_COMMITS) {
            sinceCommit = 0;
            heldBack.forEach(WriteBehind::flushCache);
        }
    }

    /** Where one stage hands a record on to. */
    private interface Way<V> {
        void take(Record<String, V> record, @Nullable String child);
    }

    private void afterReconcile(Record<String, Object> record, @Nullable String child) {
        if (Outlet.BOOK.equals(child)) {
            book.process(record);
        }
    }

    private void afterBook(Record<String, Object> record, @Nullable String child) {
        if (Outlet.POSTINGS.equals(child)) {
            taker.entry((LedgerEntry) record.value(), offset);
        } else if (Outlet.TOTALS.equals(child)) {
            totals.process(record);
        }
    }

    private void afterTotals(Record<String, SpecificRecord> record) {
        switch (record.value()) {
            case LineSums sums -> taker.line(sums);
            case CalendarMarker marker -> taker.ended(marker);
            default -> {
                // Positions on the way: nobody looks at them here.
            }
        }
    }

    private RecordMetadata place() {
        return new RecordMetadata() {
            @Override
            public String topic() {
                return Topic.SETTLEMENT_JOURNAL.topic();
            }

            @Override
            public int partition() {
                return partition;
            }

            @Override
            public long offset() {
                return offset;
            }
        };
    }

    /** What stages see of their surroundings. */
    private final class Context<V> implements ProcessorContext<String, V> {
        private final Way<V> way;

        private Context(Way<V> way) {
            this.way = way;
        }

        @Override
        @SuppressWarnings("unchecked") // stages hand on texts and the values they are typed for
        public <K extends String, W extends V> void forward(Record<K, W> record) {
            way.take((Record<String, V>) record, null);
        }

        @Override
        @SuppressWarnings("unchecked") // as above
        public <K extends String, W extends V> void forward(Record<K, W> record, String child) {
            way.take((Record<String, V>) record, child);
        }

        @Override
        public TaskId taskId() {
            return new TaskId(0, partition);
        }

        @Override
        public Optional<RecordMetadata> recordMetadata() {
            return Optional.of(place());
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // a stage knows what it keeps under which name
        public <S extends StateStore> S getStateStore(String name) {
            return (S) Objects.requireNonNull(stores.get(name), name);
        }

        /** Time goes by the journal alone. */
        @Override
        public Cancellable schedule(Duration interval, PunctuationType type, Punctuator callback) {
            return () -> {};
        }

        @Override
        public Cancellable schedule(Instant start, Duration interval, PunctuationType type, Punctuator callback) {
            return () -> {};
        }

        @Override
        public void commit() {
            // Nothing is written.
        }

        @Override
        public String applicationId() {
            throw notHere();
        }

        @Override
        public Serde<?> keySerde() {
            throw notHere();
        }

        @Override
        public Serde<?> valueSerde() {
            throw notHere();
        }

        @Override
        public File stateDir() {
            throw notHere();
        }

        @Override
        public StreamsMetrics metrics() {
            throw notHere();
        }

        @Override
        public Map<String, Object> appConfigs() {
            throw notHere();
        }

        @Override
        public Map<String, Object> appConfigsWithPrefix(String prefix) {
            throw notHere();
        }

        @Override
        public long currentSystemTimeMs() {
            throw notHere();
        }

        @Override
        public long currentStreamTimeMs() {
            throw notHere();
        }

        private UnsupportedOperationException notHere() {
            return new UnsupportedOperationException("no stage needs it");
        }
    }
}
