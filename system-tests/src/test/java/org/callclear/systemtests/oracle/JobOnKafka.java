package org.callclear.systemtests.oracle;

import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Directory;
import org.callclear.settlement.SettlementTopology;
import org.callclear.settlement.StreamSettings;
import org.callclear.settlement.stages.RecordSerde;
import org.callclear.settlement.stages.StoreKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The product's topology on a real broker, with as many partitions as there are, stopped in the middle and started again. */
final class JobOnKafka implements SettlementUnderTest {
    private static final Logger LOG = LoggerFactory.getLogger(JobOnKafka.class);
    private static final String APPLICATION = "oracle";
    private static final int THREADS = 2;
    private static final int TOTALS_PARTITIONS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);
    /** Most records come three to a call, and most calls come to one entry: then there is much left to do. */
    private static final int RECORDS_AN_ENTRY = 15;

    private final PlainBroker broker;
    private final SchemaRegistryClient registry;
    private final Path directory;
    private final StoreKind stores;
    private final Interruption interruption;

    /**
     * How it stops.
     *
     * @param dies whether it dies in the middle of a transaction, instead of being closed in order
     * @param wipes whether its state directory is thrown away before it starts again
     */
    record Interruption(boolean dies, boolean wipes) {}

    JobOnKafka(
            PlainBroker broker,
            SchemaRegistryClient registry,
            Path directory,
            StoreKind stores,
            Interruption interruption) {
        this.broker = broker;
        this.registry = registry;
        this.directory = directory;
        this.stores = stores;
        this.interruption = interruption;
    }

    @Override
    public Outcome settle(List<List<SpecificRecord>> partitions, int restartAfterPercent) {
        Directory carriers = carriers(partitions);
        try (JournalOnKafka journal = JournalOnKafka.create(broker, registry, carriers, partitions.size());
                Outputs outputs = Outputs.open(broker, registry)) {
            long written = append(journal, partitions, 0, restartAfterPercent);
            if (restartAfterPercent > 0) {
                interrupted(outputs, written / RECORDS_AN_ENTRY);
                LOG.info("stopped after {} of {} records", journal.readBy(APPLICATION), written);
            }
            long all = written + append(journal, partitions, restartAfterPercent, 100);
            Set<String> due = due(partitions.getFirst());
            run(RecordSerde.of(registry))
                    .until(() -> outputs.more().closed().containsAll(due) && journal.readBy(APPLICATION) == all);
            await("all is read").atMost(PATIENCE).pollInSameThread().until(outputs::areRead);
            return outputs.more().outcome();
        }
    }

    private static Directory carriers(List<List<SpecificRecord>> partitions) {
        TreeSet<CarrierId> carriers = new TreeSet<>();
        barriers(partitions.getFirst())
                .forEach(barrier -> barrier.getCarriers().forEach(carrier -> carriers.add(new CarrierId(carrier))));
        return new Directory(carriers, new TreeMap<>());
    }

    /** The statements that there must be in the end, by carrier and period. */
    private static Set<String> due(List<SpecificRecord> partition) {
        Set<String> due = new TreeSet<>();
        barriers(partition).stream()
                .filter(barrier -> barrier.getCloses() != null)
                .forEach(barrier ->
                        barrier.getCarriers().forEach(carrier -> due.add(carrier + " " + barrier.getCloses())));
        return due;
    }

    private static List<PeriodBarrier> barriers(List<SpecificRecord> partition) {
        return partition.stream()
                .filter(PeriodBarrier.class::isInstance)
                .map(PeriodBarrier.class::cast)
                .toList();
    }

    /** Appends that share of each partition, from and to in percent; how many records that was. */
    private static long append(JournalOnKafka journal, List<List<SpecificRecord>> partitions, int from, int to) {
        long written = 0;
        for (int number = 0; number < partitions.size(); number++) {
            List<SpecificRecord> records = partitions.get(number);
            List<SpecificRecord> part = records.subList(records.size() * from / 100, records.size() * to / 100);
            journal.append(number, part);
            written += part.size();
        }
        return written;
    }

    private void interrupted(Outputs outputs, long entries) {
        Serde<SpecificRecord> records = RecordSerde.of(registry);
        Running job = run(interruption.dies() ? DyingSerde.after(entries, records) : records);
        if (interruption.dies()) {
            job.untilItDies();
        } else {
            job.until(() -> outputs.more().entries() >= entries);
        }
        if (interruption.wipes()) {
            job.streams().cleanUp();
        }
    }

    private Running run(Serde<SpecificRecord> records) {
        Duration delay = Duration.ofSeconds(MadeUpJournal.DELAY_WHEN_UNSAID);
        return Running.start(new KafkaStreams(
                new SettlementTopology(records, stores, delay, TOTALS_PARTITIONS).build(),
                StreamSettings.of(broker.clientSettings(), APPLICATION, directory, THREADS, COMMIT_INTERVAL)));
    }

    /** A job at work. */
    private record Running(KafkaStreams streams, CompletableFuture<Throwable> death) {
        static Running start(KafkaStreams streams) {
            CompletableFuture<Throwable> death = new CompletableFuture<>();
            streams.setUncaughtExceptionHandler(why -> {
                death.complete(why);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.start();
            return new Running(streams, death);
        }

        void until(Callable<Boolean> isEnough) {
            try {
                await("settlement").atMost(PATIENCE).pollInSameThread().until(() -> isAlive() && isEnough.call());
            } finally {
                streams.close(PATIENCE);
            }
        }

        void untilItDies() {
            try {
                await("death").atMost(PATIENCE).until(death::isDone);
            } finally {
                streams.close(PATIENCE);
            }
        }

        private boolean isAlive() {
            if (death.isDone()) {
                throw new IllegalStateException("the job died", death.join());
            }
            return true;
        }
    }
}
