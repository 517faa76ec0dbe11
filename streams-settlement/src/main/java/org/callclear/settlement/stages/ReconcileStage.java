package org.callclear.settlement.stages;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallFile;
import org.callclear.schemas.avro.CallLeg;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.JournalPlace;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.PeriodMarker;
import org.callclear.settlement.period.JournalClock;
import org.callclear.settlement.reconcile.Finding;
import org.callclear.settlement.reconcile.Reconciliation;
import org.callclear.settlement.reconcile.Reconciliation.Moment;
import org.callclear.settlement.reconcile.Reconciliation.Step;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the file of each call and the place in the journal. Leaves {@link Finding}s, and a {@link PeriodMarker} where a
 * barrier stood.
 */
public final class ReconcileStage implements ProcessorSupplier<String, SpecificRecord, String, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileStage.class);

    private final Serde<SpecificRecord> records;
    private final Reconciliation reconciliation;

    public ReconcileStage(Serde<SpecificRecord> records, Duration oneSidedDelay) {
        this.records = records;
        this.reconciliation = new Reconciliation(oneSidedDelay.toMillis());
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return StageStores.ofReconcile(records);
    }

    @Override
    public Processor<String, SpecificRecord, String, Object> get() {
        return new Stage();
    }

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    private final class Stage implements Processor<String, SpecificRecord, String, Object> {
        private static final String PLACE = "place";

        private ProcessorContext<String, Object> context;
        private KeyValueStore<String, SpecificRecord> calls;
        private KeyValueStore<String, SpecificRecord> places;
        private Timers timers;
        private JournalPlace place;

        @Override
        public void init(ProcessorContext<String, Object> context) {
            this.context = context;
            this.calls = context.getStateStore(StageStores.CALLS);
            this.places = context.getStateStore(StageStores.PLACE);
            this.timers = new Timers(context.getStateStore(StageStores.WAITING));
            JournalPlace known = (JournalPlace) places.get(PLACE);
            this.place = known == null ? JournalClock.START : known;
        }

        @Override
        public void process(Record<String, SpecificRecord> record) {
            switch (record.value()) {
                case Grant grant -> {
                    advance(record, grant.getGrantedAt());
                    apply(
                            record,
                            grant.getCallId(),
                            file -> reconciliation.granted(file, grant, now(grant.getCallId())));
                }
                case AcceptedCdr cdr -> {
                    advance(record, cdr.getAcceptedAt());
                    String call = cdr.getCdr().getCallId();
                    JournalClock.requireOpen(place, context.taskId().partition(), call);
                    apply(record, call, file -> reconciliation.reported(file, cdr, now(call)));
                }
                case PeriodBarrier barrier -> {
                    advance(record, barrier.getAt());
                    turn(record, barrier);
                }
                default ->
                    throw new IllegalStateException(
                            "the journal holds a " + record.value().getSchema().getName());
            }
        }

        /** The journal's time goes on, and whoever has waited long enough waits no more. */
        private void advance(Record<String, SpecificRecord> record, Instant seen) {
            JournalPlace next = JournalClock.advanced(place, seen);
            if (next.getLogSeconds() != place.getLogSeconds()) {
                place = next;
                places.put(PLACE, next);
                for (Timers.Due due : timers.due(JournalClock.millis(next))) {
                    apply(record, due.callId(), file -> reconciliation.timeIsUp(file, due.leg(), now(due.callId())));
                }
            }
        }

        private void turn(Record<String, SpecificRecord> record, PeriodBarrier barrier) {
            long offset = context.recordMetadata().orElseThrow().offset();
            int partition = context.taskId().partition();
            if (!JournalClock.fits(place, barrier)) {
                LOG.error(
                        "partition {} offset {}: barrier closes {} while {} is open; ignored",
                        partition,
                        offset,
                        barrier.getCloses(),
                        place.getPeriod());
                return;
            }
            @Nullable PeriodMarker marker = JournalClock.marker(place, barrier, partition, offset);
            place = JournalClock.turned(place, barrier, offset);
            places.put(PLACE, place);
            if (marker != null) {
                context.forward(record.withKey(marker.getPeriod()).withValue(marker));
            }
        }

        @SuppressWarnings("ReferenceEquality") // the same object back means that nothing changed
        private void apply(
                Record<String, SpecificRecord> record,
                String callId,
                java.util.function.Function<CallFile, Step> happening) {
            CallFile known = (CallFile) calls.get(callId);
            CallFile before = known == null ? Reconciliation.empty() : known;
            Step step = happening.apply(before);
            if (step.file() != before) {
                calls.put(callId, step.file());
                timers.change(callId, before.getLegs(), step.file().getLegs());
            }
            for (Finding finding : step.findings()) {
                context.forward(record.withKey(callId).withValue(finding));
            }
        }

        private Moment now(String callId) {
            String period = place.getPeriod();
            return new Moment(callId, JournalClock.millis(place), period == null ? "" : period);
        }
    }

    /** Attempts by the log time at which they are given up. */
    private static final class Timers {
        private static final byte[] SET = {};

        private final KeyValueStore<String, byte[]> waiting;
        private long earliest;

        Timers(KeyValueStore<String, byte[]> waiting) {
            this.waiting = waiting;
            this.earliest = first();
        }

        record Due(String callId, int leg) {}

        List<Due> due(long logMillis) {
            if (logMillis < earliest) {
                return List.of();
            }
            List<Due> due = new ArrayList<>();
            List<String> keys = new ArrayList<>();
            try (KeyValueIterator<String, byte[]> rest = waiting.range(key(0, "", ""), key(logMillis + 1, "", ""))) {
                rest.forEachRemaining(timer -> keys.add(timer.key));
            }
            for (String key : keys) {
                String[] parts = key.split("/", -1);
                due.add(new Due(parts[1], Integer.parseInt(parts[2])));
                waiting.delete(key);
            }
            earliest = first();
            return due;
        }

        void change(String callId, List<CallLeg> before, List<CallLeg> after) {
            for (CallLeg leg : before) {
                if (leg.getWaitsUntil() > 0 && !after.contains(leg)) {
                    waiting.delete(key(leg.getWaitsUntil(), callId, Integer.toString(leg.getLeg())));
                }
            }
            for (CallLeg leg : after) {
                if (leg.getWaitsUntil() > 0 && !before.contains(leg)) {
                    waiting.put(key(leg.getWaitsUntil(), callId, Integer.toString(leg.getLeg())), SET);
                    earliest = Math.min(earliest, leg.getWaitsUntil());
                }
            }
        }

        private long first() {
            try (KeyValueIterator<String, byte[]> all = waiting.all()) {
                if (!all.hasNext()) {
                    return Long.MAX_VALUE;
                }
                KeyValue<String, byte[]> timer = all.next();
                return Long.parseLong(timer.key.substring(0, timer.key.indexOf('/')));
            }
        }

        private static String key(long until, String callId, String leg) {
            return String.format(java.util.Locale.ROOT, "%019d/%s/%s", until, callId, leg);
        }
    }
}
