package org.callclear.settlement.stages;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.SeenReport;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.firstsight.FirstSight;
import org.callclear.settlement.firstsight.FirstSight.Sight;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets through what is new. A repeated report ends here; one that contradicts the first is set aside, whole, as a {@link
 * RejectedRecord}. Grants and barriers pass.
 */
public final class FirstSightStage implements ProcessorSupplier<String, SpecificRecord, String, SpecificRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(FirstSightStage.class);

    private final Serde<SpecificRecord> records;

    public FirstSightStage(Serde<SpecificRecord> records) {
        this.records = records;
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return StageStores.ofFirstSight(records);
    }

    @Override
    public Processor<String, SpecificRecord, String, SpecificRecord> get() {
        return new Stage();
    }

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    private final class Stage implements Processor<String, SpecificRecord, String, SpecificRecord> {
        private ProcessorContext<String, SpecificRecord> context;
        private KeyValueStore<String, SpecificRecord> seen;
        private long repeated;

        @Override
        public void init(ProcessorContext<String, SpecificRecord> context) {
            this.context = context;
            this.seen = context.getStateStore(StageStores.SEEN);
        }

        @Override
        public void process(Record<String, SpecificRecord> record) {
            if (record.value() instanceof AcceptedCdr accepted) {
                look(record, accepted);
            } else {
                context.forward(record);
            }
        }

        private void look(Record<String, SpecificRecord> record, AcceptedCdr accepted) {
            String key = FirstSight.key(accepted);
            switch (FirstSight.judge((SeenReport) seen.get(key), accepted.getCdr())) {
                case Sight.First first -> {
                    seen.put(key, first.remember());
                    context.forward(record);
                }
                case Sight.Repeated again -> LOG.debug("report {} repeated, {} since the start", key, ++repeated);
                case Sight.Correction correction ->
                    setAside(record, accepted, "CORRECTION", "another content in a higher version; not settled again");
                case Sight.Conflict conflict ->
                    setAside(record, accepted, "CONFLICT", "another content in no higher version than the first");
            }
        }

        private void setAside(
                Record<String, SpecificRecord> record, AcceptedCdr accepted, String reason, String detail) {
            LOG.warn("call {}: report of {} set aside: {}", record.key(), accepted.getReporter(), reason);
            RejectedRecord rejected = new RejectedRecord(
                    accepted.getSourceTopic(),
                    accepted.getSourcePartition(),
                    accepted.getSourceOffset(),
                    accepted.getAcceptedAt(),
                    ByteBuffer.wrap(record.key().getBytes(StandardCharsets.UTF_8)),
                    ByteBuffer.wrap(bytes(accepted.getCdr())),
                    reason,
                    "version",
                    detail,
                    accepted.getAcceptedAt());
            context.forward(record.withKey(place(accepted)).withValue(rejected));
        }

        private byte[] bytes(CallDetailRecord cdr) {
            return records.serializer().serialize(Topic.CDR_REJECTED.topic(), cdr);
        }

        private static String place(AcceptedCdr accepted) {
            return accepted.getSourceTopic() + "-" + accepted.getSourcePartition();
        }
    }
}
