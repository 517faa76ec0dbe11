package org.callclear.settlement;

import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Position;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.stages.BookStage;
import org.callclear.settlement.stages.Outlet;
import org.callclear.settlement.stages.ReconcileStage;
import org.callclear.settlement.stages.StatementStage;
import org.callclear.settlement.stages.StoreKind;
import org.callclear.settlement.stages.TotalsPartitioner;
import org.callclear.settlement.stages.TotalsStage;

/**
 * The journal's grants, reports and commands become findings, then bookings with their prices, then postings that sum to
 * zero, then totals; and where a barrier closes a period, the totals become statements, which {@code seal} publishes.
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
        var found = reconcile(read(Topic.SETTLEMENT_JOURNAL));
        write(found, Topic.CDR_REJECTED, Outlet.SET_ASIDE);
        write(found, Topic.DISPUTES, Outlet.DISPUTES);
        write(found, Topic.CALL_ATTEMPTS, Outlet.ATTEMPTS);
        write(found, Topic.COMMAND_OUTCOMES, Outlet.OUTCOMES);
        write(found, Topic.POSTINGS, Outlet.PAYMENTS);

        var booked = book(found);
        write(booked, Topic.RECONCILED_CALLS, Outlet.CALLS);
        write(booked, Topic.POSTINGS, Outlet.POSTINGS);

        var closing = state(bringTogether(total(booked)));
        write(only(Position.class, closing, "positions"), Topic.POSITIONS, "write-positions");
        write(only(LedgerEntry.class, closing, "adjustments"), Topic.POSTINGS, "write-adjustments");
        write(only(StatementDraft.class, closing, "drafts"), Topic.STATEMENT_DRAFTS, "write-drafts");
        return builder.build();
    }

    private KStream<String, SpecificRecord> read(Topic topic) {
        return builder.stream(
                topic.topic(), Consumed.with(Serdes.String(), records).withName("read-" + topic.topic()));
    }

    private KStream<String, Object> reconcile(KStream<String, SpecificRecord> journal) {
        return journal.process(new ReconcileStage(records, stores, oneSidedDelay), Named.as("reconcile"));
    }

    private static KStream<String, Object> book(KStream<String, Object> found) {
        return found.process(new BookStage(), Named.as(Outlet.BOOK));
    }

    private KStream<String, SpecificRecord> total(KStream<String, Object> booked) {
        return booked.process(new TotalsStage(records), Named.as(Outlet.TOTALS));
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

    /** What a stage hands to an outlet of this name; it knows what goes there. */
    @SuppressWarnings("unchecked")
    private void write(KStream<String, ?> stream, Topic topic, String outlet) {
        ((KStream<String, SpecificRecord>) stream)
                .to(topic.topic(), Produced.with(Serdes.String(), records).withName(outlet));
    }

    private static KStream<String, SpecificRecord> only(
            Class<? extends SpecificRecord> type, KStream<String, ?> stream, String name) {
        return stream.filter((key, value) -> type.isInstance(value), Named.as(name))
                .mapValues(type::cast, Named.as(name + "-records"));
    }
}
