package org.callclear.settlement.stages;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CalendarMarker;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.FileRoute;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.JournalStanding;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.PostNetting;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.period.JournalStandings;
import org.callclear.settlement.period.Period;
import org.callclear.settlement.post.DoubleEntry;
import org.callclear.settlement.post.NettingOrder;
import org.callclear.settlement.post.Payments;
import org.callclear.settlement.reconcile.CallFile;
import org.callclear.settlement.reconcile.Files;
import org.callclear.settlement.reconcile.Finding;
import org.callclear.settlement.reconcile.Moment;
import org.callclear.settlement.reconcile.Reconciliation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the file of each call and the place in the journal. Leaves {@link Finding.Changed} findings for the books, finished records of
 * all else that was found, and a {@link CalendarMarker} where a barrier stood.
 */
public final class ReconcileStage implements ProcessorSupplier<String, SpecificRecord, String, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileStage.class);
    private static final long MILLIS = 1000;
    private static final long RING_MILLIS = 300_000;
    /** Intake takes nothing that ended more than 400 days ago; a month more, for clocks and queues. */
    private static final long KEPT_MILLIS = Duration.ofDays(430).toMillis();

    private static final long HOUR = 3600;
    private static final String REST_OF_UUID = "-7000-8000-000000000000";

    private final Serde<SpecificRecord> records;
    private final StoreKind stores;
    private final Duration oneSidedDelay;

    public ReconcileStage(Serde<SpecificRecord> records, StoreKind stores, Duration oneSidedDelay) {
        this.records = records;
        this.stores = stores;
        this.oneSidedDelay = oneSidedDelay;
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return StageStores.ofReconcile(records, stores);
    }

    @Override
    public Processor<String, SpecificRecord, String, Object> get() {
        return new Stage();
    }

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    private final class Stage implements Processor<String, SpecificRecord, String, Object> {
        private static final String PLACE = "place";

        private final Places places = new Places();
        private ProcessorContext<String, Object> context;
        private WriteBehind<String, SpecificRecord> standings;
        private KeyValueStore<String, String> nettings;
        private CallFiles files;
        private Reconciliation reconciliation;
        private JournalStanding standing;
        private long repeated;

        @Override
        public void init(ProcessorContext<String, Object> context) {
            this.context = context;
            this.standings = context.getStateStore(StageStores.STANDING);
            standings.takeUp();
            this.nettings = context.getStateStore(StageStores.NETTINGS);
            this.files = new CallFiles(
                    context.getStateStore(StageStores.OPEN_FILES),
                    context.getStateStore(StageStores.FILES),
                    KeptFile.serde(records));
            this.reconciliation = new Reconciliation(
                    new StoredTerms(context.getStateStore(StageStores.TERMS)), oneSidedDelay.toMillis());
            JournalStanding known = (JournalStanding) standings.get(PLACE);
            this.standing = known == null ? JournalStandings.start() : known;
            places.standAt(standing);
        }

        @Override
        public void process(Record<String, SpecificRecord> record) {
            switch (record.value()) {
                case Grant grant -> {
                    advance(record, grant.getGrantedAt());
                    String call = grant.getCallId();
                    apply(record, call, file -> reconciliation.granted(file, grant, now(call)));
                }
                case AcceptedCdr cdr -> {
                    advance(record, cdr.getAcceptedAt());
                    String call = cdr.getCdr().getCallId();
                    apply(record, call, file -> reconciliation.reported(file, cdr, now(call)));
                }
                case ResolveDispute command -> {
                    advance(record, Instant.MIN);
                    String call = command.getCallId();
                    apply(record, call, file -> reconciliation.resolved(file, command, now(call)));
                }
                case RerateCall command -> {
                    advance(record, Instant.MIN);
                    String call = command.getCallId();
                    apply(record, call, file -> reconciliation.rerated(file, command, now(call)));
                }
                case PostNetting netting -> {
                    advance(record, Instant.MIN);
                    pay(record, netting);
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

        /**
         * The journal's time goes on, and whoever has waited long enough waits no more. What people ask for does not move it: their
         * clocks have no say.
         */
        private void advance(Record<String, SpecificRecord> record, Instant seen) {
            JournalStanding next = JournalStandings.advanced(standing, seen);
            boolean newHour = next.getLogSeconds() / HOUR != standing.getLogSeconds() / HOUR;
            if (next.getLogSeconds() != standing.getLogSeconds()) {
                stand(next);
            }
            for (String call : files.due(JournalStandings.millis(next))) {
                apply(record, call, file -> reconciliation.timeIsUp(file, now(call)));
            }
            if (newHour) {
                prune();
            }
        }

        private Moment now(String callId) {
            return new Moment(callId, JournalStandings.millis(standing), places);
        }

        private void prune() {
            long before = JournalStandings.millis(standing) - KEPT_MILLIS;
            if (before > 0) {
                String time = String.format(java.util.Locale.ROOT, "%012x", before);
                int pruned = files.prune(time.substring(0, 8) + "-" + time.substring(8) + REST_OF_UUID, before);
                LOG.debug("{} files thrown away", pruned);
            }
        }

        private void stand(JournalStanding next) {
            standing = next;
            standings.put(PLACE, next);
            places.standAt(next);
        }

        private void turn(Record<String, SpecificRecord> record, PeriodBarrier barrier) {
            long offset = context.recordMetadata().orElseThrow().offset();
            int partition = context.taskId().partition();
            if (!JournalStandings.fits(standing, barrier)) {
                LOG.error(
                        "partition {} offset {}: barrier closes {} and opens {}, which does not follow from what is open; ignored",
                        partition,
                        offset,
                        JournalStandings.closed(barrier).map(Period::id).orElse("nothing"),
                        JournalStandings.opened(barrier).id());
                return;
            }
            @Nullable CalendarMarker marker = JournalStandings.marker(standing, barrier, partition, offset);
            stand(JournalStandings.turned(standing, barrier, offset));
            if (marker != null) {
                context.forward(record.withKey(marker.getPeriod()).withValue(marker), Outlet.BOOK);
            }
        }

        /** What is paid once is not paid again; the same command again is answered and does nothing. */
        private void pay(Record<String, SpecificRecord> record, PostNetting netting) {
            switch (NettingOrder.decide(netting, nettings::get)) {
                case NettingOrder.Decision.Pay pay -> {
                    pay.known().forEach(nettings::put);
                    Payments.of(netting)
                            .forEach(entry -> context.forward(
                                    record.withKey(DoubleEntry.keyOf(entry)).withValue(entry), Outlet.PAYMENTS));
                    answer(record, outcome(netting, OutcomeKind.ACCEPTED, "payments posted"));
                }
                case NettingOrder.Decision.Repeated again ->
                    answer(record, outcome(netting, OutcomeKind.ACCEPTED, "done before"));
                case NettingOrder.Decision.Refused refused ->
                    answer(record, outcome(netting, OutcomeKind.REFUSED, refused.why()));
            }
        }

        private CommandOutcome outcome(PostNetting netting, OutcomeKind kind, String detail) {
            return new CommandOutcome(
                    netting.getCommandId(), kind, detail, Instant.ofEpochMilli(JournalStandings.millis(standing)));
        }

        private void apply(
                Record<String, SpecificRecord> record, String callId, Function<CallFile, List<Finding>> happening) {
            CallFiles.Taken taken = files.take(callId);
            boolean fresh = taken.file().getGrant() == null;
            List<Finding> findings = happening.apply(taken.file());
            if (!isNothingNew(findings)) {
                files.putBack(callId, taken, until(taken, fresh));
            }
            for (Finding finding : findings) {
                forward(record, callId, finding);
            }
        }

        /** A grant alone is kept at hand until its call must be over. */
        private long until(CallFiles.Taken taken, boolean fresh) {
            CallFile file = taken.file();
            if (!file.isUnheardOf() || file.getGrant() == null) {
                return reconciliation.waitsUntil(file);
            }
            if (!fresh) {
                return Files.NONE;
            }
            long longest = file.getGrant().getRoutes().stream()
                    .mapToLong(FileRoute::getMaxDurationSeconds)
                    .max()
                    .orElse(0);
            return JournalStandings.millis(standing) + longest * MILLIS + RING_MILLIS;
        }

        private static boolean isNothingNew(List<Finding> findings) {
            return !findings.isEmpty()
                    && (findings.get(0) instanceof Finding.Repeated || findings.get(0) instanceof Finding.SetAside);
        }

        private void forward(Record<String, SpecificRecord> record, String callId, Finding finding) {
            switch (finding) {
                case Finding.Changed changed ->
                    context.forward(record.withKey(callId).withValue(changed), Outlet.BOOK);
                case Finding.Disputed disputed ->
                    context.forward(record.withKey(callId).withValue(disputed.dispute()), Outlet.DISPUTES);
                case Finding.Attempted attempted ->
                    context.forward(record.withKey(callId).withValue(attempted.attempt()), Outlet.ATTEMPTS);
                case Finding.SetAside unfit -> setAside(record, unfit);
                case Finding.Answered answered -> answer(record, answered.outcome());
                case Finding.Repeated again ->
                    LOG.debug("call {}: a report repeated, {} since the start", callId, ++repeated);
            }
        }

        private void answer(Record<String, SpecificRecord> record, CommandOutcome outcome) {
            context.forward(record.withKey(outcome.getCommandId()).withValue(outcome), Outlet.OUTCOMES);
        }

        private void setAside(Record<String, SpecificRecord> record, Finding.SetAside unfit) {
            AcceptedCdr report = unfit.report();
            LOG.warn("call {}: report of {} set aside: {}", record.key(), report.getReporter(), unfit.reason());
            RejectedRecord rejected = new RejectedRecord(
                    report.getSourceTopic(),
                    report.getSourcePartition(),
                    report.getSourceOffset(),
                    report.getAcceptedAt(),
                    ByteBuffer.wrap(record.key().getBytes(StandardCharsets.UTF_8)),
                    ByteBuffer.wrap(records.serializer().serialize(Topic.CDR_REJECTED.topic(), report.getCdr())),
                    unfit.reason(),
                    "version",
                    unfit.detail(),
                    report.getAcceptedAt());
            context.forward(
                    record.withKey(report.getSourceTopic() + "-" + report.getSourcePartition())
                            .withValue(rejected),
                    Outlet.SET_ASIDE);
        }
    }
}
