package org.callclear.systemtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.wire.MemoryRegistry;
import org.callclear.settlement.stages.StoreKind;
import org.callclear.systemtests.oracle.JobOnKafka.Interruption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job on a real broker, stopped in the middle and started again, and the oracle, who knows of no interruption: the same
 * statements to the byte, the same sums of postings and the same disputes, in any order of the journal and any partitioning.
 */
class JobOnKafkaAgainstOracleTest {
    private static final Logger LOG = LoggerFactory.getLogger(JobOnKafkaAgainstOracleTest.class);
    private static final int MANY = 50_000;
    private static final int SOME = 2_000;

    @TempDir
    Path directory;

    @Test
    void fiftyThousandCallsInAnyOrderThroughADeathThatLeavesNoState() throws Exception {
        MadeUpJournal journal = MadeUpJournal.of(50, MANY, true);

        compare(
                Orders.anyBetweenBarriers(journal, new Dice(51)),
                4,
                40,
                StoreKind.ON_DISK,
                new Interruption(true, true));
    }

    @Test
    void onePartitionInTheOrderOfTimeThroughAStopThatLeavesNoState() throws Exception {
        compare(MadeUpJournal.of(60, SOME, false).records(), 1, 50, StoreKind.IN_MEMORY, new Interruption(false, true));
    }

    @Test
    void threePartitionsThroughAStopThatKeepsTheState() throws Exception {
        MadeUpJournal journal = MadeUpJournal.of(61, SOME, true);

        compare(
                Orders.anyWithinCalls(journal, new Dice(62)),
                3,
                30,
                StoreKind.IN_MEMORY,
                new Interruption(false, false));
    }

    @Test
    void sevenPartitionsInAnyOrderThroughADeathThatKeepsTheState() throws Exception {
        MadeUpJournal journal = MadeUpJournal.of(63, SOME, true);

        compare(
                Orders.anyBetweenBarriers(journal, new Dice(64)),
                7,
                70,
                StoreKind.ON_DISK,
                new Interruption(true, false));
    }

    private void compare(
            List<SpecificRecord> records, int partitions, int percent, StoreKind stores, Interruption interruption)
            throws Exception {
        SchemaRegistryClient registry = MemoryRegistry.open();
        List<List<SpecificRecord>> journal = Journal.partitioned(records, partitions);
        Instant begin = Instant.now();
        Outcome expected = Oracle.settle(journal, MadeUpJournal.DELAY_WHEN_UNSAID);
        Instant told = Instant.now();

        Outcome other;
        try (PlainBroker broker = PlainBroker.start(directory)) {
            other = new JobOnKafka(broker, registry, directory.resolve("state"), stores, interruption)
                    .settle(journal, percent);
        }

        LOG.info(
                "{} records, {} statements: the oracle took {}, the job {}",
                records.size(),
                expected.statements().size(),
                Duration.between(begin, told),
                Duration.between(told, Instant.now()));
        assertThat(expected.statements()).isNotEmpty();
        assertThat(Differences.of(expected, other)).isEmpty();
    }
}
