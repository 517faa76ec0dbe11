package org.callclear.systemtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Topic;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The job and the oracle read the same journal, and say the same to the byte. */
class JobAgainstOracleTest {
    private static final int CALLS = 3_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void inTheOrderOfTime(long seed) throws Exception {
        compare(MadeUpJournal.of(seed, CALLS, false).records(), seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32})
    void inAnyOrder(long seed) throws Exception {
        MadeUpJournal journal = MadeUpJournal.of(seed, CALLS, true);
        compare(Orders.anyBetweenBarriers(journal, new Dice(seed)), seed);
    }

    private void compare(List<SpecificRecord> records, long seed) throws Exception {
        var partitions = Journal.partitioned(records, 1);
        Outcome expected = Oracle.settle(partitions, MadeUpJournal.DELAY_WHEN_UNSAID);

        Outcome other = new JobOnTestDriver(registry(), directory).settle(partitions, 0);

        assertThat(Differences.of(expected, other)).as("seed %d", seed).isEmpty();
    }

    private static SchemaRegistryClient registry() throws Exception {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        List<Schema> schemas = Stream.concat(
                        Stream.of(Topic.values()).flatMap(topic -> topic.records().stream()),
                        Catalogue.internalRecords().stream())
                .toList();
        for (Schema schema : schemas) {
            registry.register(schema.getFullName(), new AvroSchema(schema));
        }
        return registry;
    }
}
