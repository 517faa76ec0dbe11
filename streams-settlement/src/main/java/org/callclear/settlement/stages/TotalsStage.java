package org.callclear.settlement.stages;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.callclear.schemas.avro.CalendarMarker;
import org.callclear.schemas.avro.LineName;
import org.callclear.settlement.period.Period;
import org.callclear.settlement.price.Booking;
import org.callclear.settlement.stages.LineBook.Line;
import org.callclear.settlement.statement.CoveredPeriods;
import org.callclear.settlement.totals.Lines;
import org.callclear.settlement.totals.Pairs;
import org.callclear.settlement.totals.Pairs.Pair;
import org.callclear.settlement.totals.Share;
import org.callclear.settlement.totals.Sums;
import org.callclear.settlement.totals.Tally;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the bookings of one journal partition. Leaves the totals of pairs now and then, as absolute values, and all the
 * lines of a period before its marker. When pairs leave decides how fresh the positions are, never what they are.
 */
public final class TotalsStage implements ProcessorSupplier<String, Object, String, SpecificRecord> {
    private static final Duration FRESHNESS = Duration.ofSeconds(1);

    private final Serde<SpecificRecord> records;

    public TotalsStage(Serde<SpecificRecord> records) {
        this.records = records;
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return StageStores.ofTotals(records);
    }

    @Override
    public Processor<String, Object, String, SpecificRecord> get() {
        return new Stage();
    }

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    private static final class Stage implements Processor<String, Object, String, SpecificRecord> {
        /** Follows from the lines, and is worked out of them after a restart. */
        private final Map<Pair, PairSums> pairs = new HashMap<>();

        private final List<PairSums> changed = new ArrayList<>();
        private ProcessorContext<String, SpecificRecord> context;
        private TallyPages tallies;
        private LineBook lines;

        @Override
        public void init(ProcessorContext<String, SpecificRecord> context) {
            this.context = context;
            this.tallies = new TallyPages(context.getStateStore(StageStores.LINE_SUMS));
            this.lines = new LineBook(context.getStateStore(StageStores.LINE_NAMES), this::tally, this::pair);
            for (Line line : lines.lines()) {
                addToPair(line, line.tally().sums());
            }
            context.schedule(FRESHNESS, PunctuationType.WALL_CLOCK_TIME, this::forwardChanged);
        }

        @Override
        public void process(Record<String, Object> record) {
            switch (record.value()) {
                case Booking booking -> Share.of(booking).forEach(this::add);
                case CalendarMarker marker -> close(record, marker);
                default -> throw new IllegalStateException("not to be added up: " + record.key());
            }
        }

        private void add(Share share) {
            Line line = lines.of(share);
            line.tally().add(share.sums());
            tallies.put(line.number(), line.tally());
            addToPair(line, share.sums());
        }

        private Tally tally(Long number) {
            Tally known = tallies.get(number);
            return known == null ? new Tally() : known;
        }

        private @Nullable PairSums pair(LineName line) {
            Pair name = Pair.of(line);
            return name == null ? null : pairs.computeIfAbsent(name, PairSums::new);
        }

        private void addToPair(Line line, Sums more) {
            PairSums pair = line.pair();
            if (pair != null) {
                pair.add(line.name(), more);
                if (pair.change()) {
                    changed.add(pair);
                }
            }
        }

        private void forwardChanged(long now) {
            changed.stream().filter(PairSums::tell).forEach(pair -> forward(pair, now));
            changed.clear();
        }

        private void close(Record<String, Object> record, CalendarMarker marker) {
            Period closed = Period.parse(marker.getPeriod())
                    .orElseThrow(() -> new IllegalStateException("a marker names no period: " + marker.getPeriod()));
            // What was posted before the calendar's first barrier may stand in an earlier period that no barrier
            // closes.
            CoveredPeriods covered = new CoveredPeriods(closed, true);
            List<Line> over = lines.lines().stream()
                    .filter(line -> covered.holds(line.name().getPeriod()))
                    .toList();
            forward(over, marker.getPeriod(), record.timestamp());
            closePairs(marker.getPeriod(), record.timestamp());
            lines.forget(over);
            context.forward(record.withValue(marker));
            context.commit(); // Whoever closes a period waits for its statements, and they for these totals.
        }

        /**
         * Lines of several periods that come out under one name are one line. One that comes to nothing leaves too: its carrier
         * is owed a statement, though it be empty.
         */
        private void forward(List<Line> over, String period, long timestamp) {
            Map<String, Shown> all = new LinkedHashMap<>();
            for (Line line : over) {
                Shown shown = Shown.of(line.name(), period, line.tally().sums());
                tallies.delete(line.number());
                all.merge(Lines.key(shown.line()), shown, Shown::plus);
            }
            all.values()
                    .forEach(shown ->
                            send(Lines.record(shown.line(), context.taskId().partition(), shown.total()), timestamp));
        }

        private void closePairs(String period, long timestamp) {
            for (PairSums pair : List.copyOf(pairs.values())) {
                if (pair.name().period().equals(period)) {
                    forward(pair, timestamp);
                    pairs.remove(pair.name());
                    pair.tell();
                    changed.remove(pair);
                }
            }
        }

        private void forward(PairSums pair, long timestamp) {
            send(Pairs.record(pair.name(), context.taskId().partition(), pair.both()), timestamp);
        }

        private void send(SpecificRecord total, long timestamp) {
            context.forward(new Record<>(TotalsPartitioner.keyOf(total), total, timestamp));
        }
    }

    /** A line as the statement of the period that is closed shows it. */
    private record Shown(LineName line, Sums total) {
        static Shown of(LineName line, String period, Sums total) {
            LineName shown = line.getPeriod().equals(period)
                    ? line
                    : LineName.newBuilder(line).setPeriod(period).build();
            return new Shown(shown, total);
        }

        Shown plus(Shown other) {
            return new Shown(line, total.plus(other.total));
        }
    }
}
