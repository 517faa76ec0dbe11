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
import org.callclear.schemas.avro.CalendarMarker;
import org.callclear.schemas.avro.CallAttempt;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.Position;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.post.DoubleEntry;
import org.callclear.settlement.price.Booking;
import org.callclear.settlement.price.Pricing;
import org.callclear.settlement.reconcile.Finding;
import org.callclear.settlement.stages.ReconcileStage;
import org.callclear.settlement.stages.StatementStage;
import org.callclear.settlement.stages.StoreKind;
import org.callclear.settlement.stages.TotalsPartitioner;
import org.callclear.settlement.stages.TotalsStage;

/**
 * The journal's grants, reports and commands become findings, then bookings with their prices, then postings that sum to
 * zero, then totals; and where a barrier closes a period, the totals become statements.
 */
public final class SettlementTopology {
    private final StreamsBuilder builder = new StreamsBuilder();
    private final Serde<SpecificRecord> records;
    private final StoreKind stores;
    private final Duration oneSidedDelay;
    private final int totalsPartitions;

    /**
     * What the topology is built from.
     *
     * @param stores where the files of calls are kept
     * @param oneSidedDelay how long one side's report waits for the other where its contract does not say, in the
     *     journal's time
     * @param totalsPartitions of the one repartition topic, which brings each carrier's totals together
     */
    public SettlementTopology(
            Serde<SpecificRecord> records, StoreKind stores, Duration oneSidedDelay, int totalsPartitions) {
        this.records = records;
        this.stores = stores;
        this.oneSidedDelay = oneSidedDelay;
        this.totalsPartitions = totalsPartitions;
    }

    /** The topology; to be called once. */
    public Topology build() {
        var found = price(reconcile(read(Topic.SETTLEMENT_JOURNAL)));
        write(only(RejectedRecord.class, found, "set-aside"), Topic.CDR_REJECTED);
        write(calls(found), Topic.RECONCILED_CALLS);
        write(only(Dispute.class, found, "disputed"), Topic.DISPUTES);
        write(only(CallAttempt.class, found, "attempted"), Topic.CALL_ATTEMPTS);
        write(only(CommandOutcome.class, found, "answered"), Topic.COMMAND_OUTCOMES);
        write(post(found), Topic.POSTINGS);
        write(only(Posting.class, found, "paid"), Topic.POSTINGS, "write-payments");

        var closing = state(bringTogether(total(found)));
        write(only(Position.class, closing, "positions"), Topic.POSITIONS);
        write(only(Posting.class, closing, "adjustments"), Topic.POSTINGS, "write-adjustments");
        writeStatements(only(Statement.class, closing, "statements"));
        return builder.build();
    }

    private KStream<String, SpecificRecord> read(Topic topic) {
        return builder.stream(
                topic.topic(), Consumed.with(Serdes.String(), records).withName("read-" + topic.topic()));
    }

    private KStream<String, Object> reconcile(KStream<String, SpecificRecord> journal) {
        return journal.process(new ReconcileStage(records, stores, oneSidedDelay), Named.as("reconcile"));
    }

    private static KStream<String, Object> price(KStream<String, Object> findings) {
        return findings.mapValues(SettlementTopology::priced, Named.as("price"));
    }

    private static KStream<String, SpecificRecord> calls(KStream<String, Object> found) {
        return bookings(found, "reconciled").mapValues(booking -> booking.call(), Named.as("call"));
    }

    private static KStream<String, SpecificRecord> post(KStream<String, Object> found) {
        return bookings(found, "booked").flatMap((key, booking) -> postings(booking), Named.as("post"));
    }

    private KStream<String, SpecificRecord> total(KStream<String, Object> found) {
        return found.filter(
                        (key, value) -> value instanceof Booking || value instanceof CalendarMarker,
                        Named.as("booked-or-closed"))
                .process(new TotalsStage(records), Named.as("total"));
    }

    private KStream<String, SpecificRecord> bringTogether(KStream<String, SpecificRecord> totals) {
        return totals.repartition(Repartitioned.with(Serdes.String(), records)
                .withName("totals")
                .withNumberOfPartitions(totalsPartitions)
                .withStreamPartitioner(new TotalsPartitioner()));
    }

    private KStream<String, SpecificRecord> state(KStream<String, SpecificRecord> totals) {
        return totals.process(new StatementStage(records, stores, totalsPartitions), Named.as("state"));
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
            Class<? extends SpecificRecord> type, KStream<String, ?> stream, String name) {
        return stream.filter((key, value) -> type.isInstance(value), Named.as(name))
                .mapValues(type::cast, Named.as(name + "-records"));
    }

    private static KStream<String, Booking> bookings(KStream<String, Object> found, String name) {
        return found.filter((key, value) -> value instanceof Booking, Named.as(name))
                .mapValues(Booking.class::cast, Named.as(name + "-bookings"));
    }

    private static Object priced(Object finding) {
        return finding instanceof Finding.Changed changed ? Pricing.priced(changed) : finding;
    }

    private static List<KeyValue<String, SpecificRecord>> postings(Booking booking) {
        return DoubleEntry.of(booking).stream()
                .map(posting -> KeyValue.<String, SpecificRecord>pair(posting.getAccount(), posting))
                .toList();
    }
}
