package org.callclear.settlement;

import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.callclear.schemas.avro.CallAttempt;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.PeriodMarker;
import org.callclear.schemas.avro.Position;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.post.DoubleEntry;
import org.callclear.settlement.price.Pricing;
import org.callclear.settlement.reconcile.Finding;
import org.callclear.settlement.stages.FirstSightStage;
import org.callclear.settlement.stages.ReconcileStage;
import org.callclear.settlement.stages.StatementStage;
import org.callclear.settlement.stages.TotalsPartitioner;
import org.callclear.settlement.stages.TotalsStage;

/**
 * The journal's grants and reports become reconciled calls, then priced calls, then postings that sum to zero, then
 * totals; and where a barrier closes a period, the totals become statements.
 */
public final class SettlementTopology {
    private final StreamsBuilder builder = new StreamsBuilder();
    private final Serde<SpecificRecord> records;
    private final Duration oneSidedDelay;
    private final int totalsPartitions;

    /**
     * What the topology is built from.
     *
     * @param oneSidedDelay how long one side's report waits for the other, in the journal's time
     * @param totalsPartitions of the one repartition topic, which brings each carrier's totals together
     */
    public SettlementTopology(Serde<SpecificRecord> records, Duration oneSidedDelay, int totalsPartitions) {
        this.records = records;
        this.oneSidedDelay = oneSidedDelay;
        this.totalsPartitions = totalsPartitions;
    }

    /** The topology; to be called once. */
    public Topology build() {
        var sighted = firstSight(read(Topic.SETTLEMENT_JOURNAL));
        write(only(RejectedRecord.class, sighted, "conflicts"), Topic.CDR_REJECTED);

        var outcomes = price(reconcile(without(RejectedRecord.class, sighted, "entries")));
        write(only(ReconciledCall.class, outcomes, "reconciled"), Topic.RECONCILED_CALLS);
        write(only(Dispute.class, outcomes, "disputed"), Topic.DISPUTES);
        write(only(CallAttempt.class, outcomes, "attempted"), Topic.CALL_ATTEMPTS);
        write(post(outcomes), Topic.POSTINGS);

        var closing = state(bringTogether(total(outcomes)));
        write(only(Position.class, closing, "positions"), Topic.POSITIONS);
        write(only(Posting.class, closing, "adjustments"), Topic.POSTINGS, "write-adjustments");
        writeStatements(only(Statement.class, closing, "statements"));
        return builder.build();
    }

    private KStream<String, SpecificRecord> read(Topic topic) {
        return builder.stream(
                topic.topic(), Consumed.with(Serdes.String(), records).withName("read-" + topic.topic()));
    }

    private KStream<String, SpecificRecord> firstSight(KStream<String, SpecificRecord> journal) {
        return journal.process(new FirstSightStage(records), Named.as("first-sight"));
    }

    private KStream<String, Object> reconcile(KStream<String, SpecificRecord> entries) {
        return entries.process(new ReconcileStage(records, oneSidedDelay), Named.as("reconcile"));
    }

    private static KStream<String, SpecificRecord> price(KStream<String, Object> findings) {
        return findings.mapValues(SettlementTopology::priced, Named.as("price"));
    }

    private static KStream<String, SpecificRecord> post(KStream<String, SpecificRecord> outcomes) {
        return outcomes.filter((key, value) -> isPriced(value), Named.as("settled"))
                .flatMap((key, call) -> postings((ReconciledCall) call), Named.as("post"));
    }

    private KStream<String, SpecificRecord> total(KStream<String, SpecificRecord> outcomes) {
        return outcomes.filter(
                        (key, value) -> isPriced(value) || value instanceof PeriodMarker, Named.as("settled-or-closed"))
                .process(new TotalsStage(records), Named.as("total"));
    }

    private KStream<String, SpecificRecord> bringTogether(KStream<String, SpecificRecord> totals) {
        return totals.repartition(Repartitioned.with(Serdes.String(), records)
                .withName("totals")
                .withNumberOfPartitions(totalsPartitions)
                .withStreamPartitioner(new TotalsPartitioner()));
    }

    private KStream<String, SpecificRecord> state(KStream<String, SpecificRecord> totals) {
        return totals.process(new StatementStage(records, totalsPartitions), Named.as("state"));
    }

    private void write(KStream<String, SpecificRecord> stream, Topic topic) {
        write(stream, topic, "write-" + topic.topic());
    }

    private void write(KStream<String, SpecificRecord> stream, Topic topic, String name) {
        stream.to(topic.topic(), Produced.with(Serdes.String(), records).withName(name));
    }

    private void writeStatements(KStream<String, SpecificRecord> statements) {
        statements.to(
                (key, statement, context) -> Topic.STATEMENTS.of(new CarrierId(((Statement) statement).getCarrier())),
                Produced.with(Serdes.String(), records).withName("write-statements"));
    }

    private static KStream<String, SpecificRecord> only(
            Class<?> type, KStream<String, SpecificRecord> stream, String name) {
        return stream.filter((key, value) -> type.isInstance(value), Named.as(name));
    }

    private static KStream<String, SpecificRecord> without(
            Class<?> type, KStream<String, SpecificRecord> stream, String name) {
        return stream.filterNot((key, value) -> type.isInstance(value), Named.as(name));
    }

    private static SpecificRecord priced(Object finding) {
        return switch (finding) {
            case Finding.Settled settled ->
                Pricing.priced(
                        settled.call(),
                        settled.grant().getOriginationTerms(),
                        settled.route().getTerminationTerms());
            case Finding.Withheld withheld -> withheld.call();
            case Finding.Disputed disputed -> disputed.dispute();
            case Finding.Attempted attempted -> attempted.attempt();
            case PeriodMarker marker -> marker;
            default -> throw new IllegalStateException("not a finding: " + finding.getClass());
        };
    }

    private static boolean isPriced(SpecificRecord value) {
        return value instanceof ReconciledCall call && call.getOrigination() != null;
    }

    private static List<KeyValue<String, SpecificRecord>> postings(ReconciledCall call) {
        return DoubleEntry.of(call).stream()
                .map(posting -> KeyValue.<String, SpecificRecord>pair(posting.getAccount(), posting))
                .toList();
    }
}
