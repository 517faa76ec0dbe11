package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.callclear.app.machine.RunningFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The statement that a real run published, computed again by the command while the system goes on. */
@ExtendWith(AuditedSystem.Given.class)
@SuppressWarnings("NullAway.Init") // JUnit's
class AuditReplayTest {
    @TempDir
    private static Path folder;

    /** Heartbeats of gateways, and what a stream job writes of itself while nothing comes. */
    private static final Pattern GOES_ON = Pattern.compile("gateway\\..*\\.status|__.*");

    private static AuditedSystem system;
    private static String statement;

    @BeforeAll
    static void system(AuditedSystem given) throws Exception {
        system = given;
        statement = given.statement();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void anyNumberOfWorkersComesToTheSameBytes(int workers) {
        Typed result = replay(statement, "--json", "--workers", Integer.toString(workers));

        assertThat(result.code()).as("%s%s", result.out(), result.err()).isZero();
        JsonNode json = result.json();
        assertThat(json.path("equal").asBoolean()).isTrue();
        assertThat(json.path("signature").asBoolean()).isTrue();
        assertThat(json.path("callLines").asLong()).isPositive();
        assertThat(json.path("records").asLong()).isPositive();
        assertThat(result.err()).contains("journal: ").contains("100 %");
    }

    @Test
    void nothingIsWrittenAndNoGroupIsJoined() throws Exception {
        try (Admin admin =
                Admin.create(RunningFile.administration(Path.of(data())).clientSettings())) {
            Map<String, Long> before = ends(admin);
            Set<String> groups = groups(admin);

            assertThat(replay(statement).out()).startsWith("EQUAL " + statement);

            assertThat(ends(admin)).isEqualTo(before);
            assertThat(groups(admin)).isEqualTo(groups);
        }
    }

    @Test
    void whatCannotBeReplayedIsNamed() {
        Typed none = replay("acme-1999-01-1");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("statement 'acme-1999-01-1': there is none");
        Typed nobody = replay(statement, "--workers", "0");
        assertThat(nobody.code()).isEqualTo(2);
        assertThat(nobody.err()).contains("--workers 0");
    }

    @Test
    void byAnotherContractEachCallCostsWhatThatSaysAndNothingIsWritten() throws Exception {
        JsonNode header = header();
        String contract = nameOf(header.path("contracts").get(0).asText());
        String deck = nameOf(header.path("decks").get(0).asText());
        Path file = Files.writeString(
                folder.resolve("contract.csv"),
                "id,carrier,side,currency,deck,minimum_charge\n" + contract + ",acme,ORIGINATING,EUR," + deck
                        + ",100\n");

        Typed result = replay(statement, "--with", file.toString(), "--json");

        assertThat(result.code()).as("%s%s", result.out(), result.err()).isZero();
        JsonNode json = result.json();
        assertThat(json.path("replaced").asLong()).isPositive();
        assertThat(json.path("lines")).anySatisfy(line -> {
            BigDecimal calls = new BigDecimal(line.path("replayed").asText()).movePointLeft(2);
            assertThat(calls).isGreaterThanOrEqualTo(BigDecimal.ONE);
            assertThat(calls.stripTrailingZeros().scale()).as("whole calls").isLessThanOrEqualTo(0);
            assertThat(new BigDecimal(line.path("published").asText())).isLessThan(new BigDecimal("100"));
        });
        assertThat(new BigDecimal(json.path("totals").get(0).path("difference").asText()))
                .isPositive();
        assertThat(replay(statement).out()).startsWith("EQUAL ");
    }

    @Test
    void byItsOwnDeckNothingDiffers() {
        String deck = nameOf(header().path("decks").get(0).asText());
        String file = folder.resolve(deck + ".csv").toString();
        Typed exported = Typed.run("decks", "export", "--data", data(), deck, file);
        assertThat(exported.code()).as(exported.err()).isZero();

        JsonNode json = replay(statement, "--with", file, "--json").json();

        assertThat(json.path("replaced").asLong()).isPositive();
        assertThat(json.path("lines"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.path("difference").asText()).isEqualTo("0"));
    }

    private static JsonNode header() {
        return Typed.run("statement", "show", statement, "--json", "--data", data())
                .json()
                .path("header");
    }

    private static String nameOf(String revision) {
        return revision.replaceFirst("@.*", "");
    }

    private static Map<String, Long> ends(Admin admin) throws Exception {
        Map<String, Long> ends = new TreeMap<>();
        Set<String> names = admin.listTopics().names().get(60, TimeUnit.SECONDS);
        List<TopicPartition> all =
                admin.describeTopics(names).allTopicNames().get(60, TimeUnit.SECONDS).values().stream()
                        .flatMap(topic -> topic.partitions().stream()
                                .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                        .filter(partition -> !GOES_ON.matcher(partition.topic()).matches())
                        .toList();
        admin.listOffsets(all.stream().collect(Collectors.toMap(at -> at, at -> OffsetSpec.latest())))
                .all()
                .get(60, TimeUnit.SECONDS)
                .forEach((at, end) -> ends.put(at.toString(), end.offset()));
        return ends;
    }

    private static Set<String> groups(Admin admin) throws Exception {
        Set<String> groups = new TreeSet<>();
        admin.listGroups().all().get(60, TimeUnit.SECONDS).forEach(group -> groups.add(group.groupId()));
        return groups;
    }

    private static Typed replay(String... more) {
        return Typed.run(Stream.concat(Stream.of("audit", "replay", "--data", data()), Stream.of(more))
                .toArray(String[]::new));
    }

    private static String data() {
        return system.data();
    }
}
