package org.callclear.app.logview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.callclear.app.logview.LogViewGround.Typed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each role sees of a call on a real broker with the catalogue's rules, by the commands that people type. */
@Tag("broker")
class LogViewOnKafkaTest {
    private static final String CALL = LogViewGround.CALL;
    private static final String OTHER = LogViewGround.OTHER;

    @TempDir
    static Path folder;

    private static LogViewGround ground;

    @BeforeAll
    static void start() throws Exception {
        ground = LogViewGround.start(folder);
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    private static Typed run(String party, String... args) throws IOException {
        return ground.run(party, args);
    }

    @Test
    void operationsSeeTheWholeWayOfACallButNoTokenAndNoNumber() throws Exception {
        Typed shown = run("operations", "call", "show", CALL);

        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out())
                .contains("--AuthorizationRequest->", "--Grant-", "<-SetupProgress", "<-SetupAnswered")
                .contains("--CallDetailRecord-", "AcceptedCdr", "MATCHED", "carrier:acme +0.012200 EUR")
                .contains("<-ResolveDispute--", "--CommandOutcome--", "CONFLICT in endedAt")
                .contains("(unreadable)", "not in the Confluent wire format")
                .contains("not shown: carrier.<id>.authorization-responses", "not shown: gateway.<id>.setup-requests")
                .doesNotContain(
                        "--SetupRequested", "<-AuthorizationGranted", MadeUpLog.CALLED, MadeUpLog.CALLING, OTHER)
                .doesNotContain(MadeUpLog.secrets());
        assertThat(shown.out().indexOf("ResolveDispute")).isLessThan(shown.out().indexOf("CommandOutcome"));
    }

    @Test
    void aCarrierSeesItsOwnSideOnly() throws Exception {
        Typed acme = run("carrier.acme", "call", "show", CALL, "--numbers");
        Typed zenith = run("carrier.zenith", "call", "show", CALL);
        Typed bell = run("carrier.bell", "call", "show", CALL);

        assertThat(acme.code()).as(acme.err()).isZero();
        assertThat(acme.out())
                .contains("AuthorizationRequest", "SetupAnswered", "carrier.acme.cdrs", MadeUpLog.CALLED)
                .doesNotContain("carrier.zenith", "o  ReconciledCall", "EUR", "CONFLICT", "(TERMINATING")
                .contains("not shown: settlement-journal");
        assertThat(zenith.code()).as(zenith.err()).isZero();
        assertThat(zenith.out())
                .contains("carrier.zenith.cdrs", "4930******")
                .doesNotContain("carrier.acme", "--AuthorizationRequest", MadeUpLog.CALLED);
        assertThat(bell.code()).isEqualTo(1);
        assertThat(bell.err().lines()).singleElement().asString().contains(CALL, "'carrier.bell'");
    }

    @ParameterizedTest
    @CsvSource({
        "operations, call show CALL --numbers",
        "operations, topics grep CALL --numbers",
        "operations, topics tail carrier.acme.cdrs --numbers --count 1 --from BEGIN",
        "operations, cdrs rejected --numbers",
        "operations, disputes show CALL/1 --numbers",
        "audit,      call show CALL --numbers"
    })
    void wholeNumbersAreRefusedToWhoMayNotSeeThem(String party, String line) throws Exception {
        Typed refused = run(party, line.replace("CALL", CALL).split(" "));

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err().lines()).singleElement().asString().contains("--numbers", "'" + party + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "carrier.acme, topics tail carrier.zenith.cdrs,          carrier.zenith.cdrs",
        "carrier.acme, topics tail settlement-journal,           settlement-journal",
        "operations,   topics tail gateway.*.setup-requests,     gateway.*.setup-requests",
        "operations,   topics grep CALL carrier.acme.authorization-responses, carrier.acme.authorization-responses",
        "carrier.acme, disputes list,                            disputes",
        "carrier.acme, disputes show CALL/1,                     disputes",
        "carrier.acme, cdrs rejected,                            cdr-rejected",
        "operations,   statement list,                           carrier.<id>.statements",
        "operations,   statement export x,                       carrier.<id>.statements",
        "carrier.acme, cdrs export --carrier acme --to DIR,      carrier.acme.cdrs",
        "carrier.acme, cdrs export --carrier zenith --to DIR,    zenith",
        "operations,   cdrs export --carrier acme --to DIR,      acme",
    })
    void whatIsClosedIsOneLineWithWhatAndForWhom(String party, String line, String named) throws Exception {
        Typed refused = run(
                party,
                line.replace("CALL", CALL)
                        .replace("DIR", folder.resolve("exports").toString())
                        .split(" "));

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err().lines()).singleElement().asString().contains(named, "'" + party + "'");
    }

    @Test
    void aCarrierListsItsOwnStatementsAndOperationsWhatWasRejected() throws Exception {
        Typed statements = run("carrier.acme", "statement", "list", "--json");
        Typed rejected = run("operations", "cdrs", "rejected");
        Typed disputes = run("operations", "disputes", "list");

        assertThat(statements.code()).as(statements.err()).isZero();
        assertThat(statements.out()).startsWith("[]");
        assertThat(rejected.code()).as(rejected.err()).isZero();
        assertThat(rejected.out()).contains("CONFLICT").doesNotContain(MadeUpLog.CALLED);
        assertThat(disputes.code()).as(disputes.err()).isZero();
        assertThat(run("administration", "cdrs", "rejected", "--numbers").out()).contains(MadeUpLog.CALLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"administration", "operations", "audit"})
    void whoMaySeeDisputesMayAskForThoseOfACarrier(String party) throws Exception {
        Typed known = run(party, "disputes", "list", "--carrier", "acme");
        Typed unknown = run(party, "disputes", "list", "--carrier", "nobody");

        assertThat(known.code()).as(known.err()).isZero();
        assertThat(known.out()).contains("No disputes");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err().lines()).singleElement().asString().contains("'nobody'", "no such carrier");
    }

    @Test
    void tailPrintsRecordsFromThePlaceAskedFor() throws Exception {
        Typed every = run("operations", "topics", "tail", "carrier.*.cdrs", "--from", "BEGIN", "--count", "3");
        Typed own =
                run("carrier.acme", "topics", "tail", "carrier.*.cdrs", "--from", "BEGIN", "--count", "2", "--numbers");
        Typed late = run(
                "operations",
                "topics",
                "tail",
                "carrier.acme.*",
                "--from",
                MadeUpLog.at(90_000).toString(),
                "--count",
                "2");

        assertThat(every.lines())
                .extracting(record -> record.path("topic").asText())
                .containsExactlyInAnyOrder("carrier.acme.cdrs", "carrier.acme.cdrs", "carrier.zenith.cdrs");
        assertThat(own.lines())
                .extracting(record -> record.path("topic").asText())
                .containsOnly("carrier.acme.cdrs");
        assertThat(own.out()).contains(MadeUpLog.CALLED);
        assertThat(late.lines())
                .extracting(record -> record.path("key").asText())
                .containsExactlyInAnyOrder(OTHER, CALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call show 019ab0aa-5c00-7000-8000-00000000dead",
                "call show not-a-call",
                "call show 019AB0AA-5C00-7000-8000-000000000001",
                "topics tail no-such-topic",
                "topics tail commands --from yesterday",
                "topics tail commands --count 0"
            })
    void whatIsNotThereIsOneLineAndExitCodeOne(String line) throws Exception {
        Typed refused = run("administration", line.split(" "));

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err().lines()).hasSize(1);
    }

    @Test
    void lookingChangesNothing() throws Exception {
        Map<TopicPartition, Long> before = ends();

        run("operations", "call", "show", CALL);
        run("operations", "topics", "grep", CALL);
        run("operations", "topics", "tail", "commands", "--from", "BEGIN", "--count", "1");

        assertThat(ends()).isEqualTo(before);
        try (Admin admin = Admin.create(ground.as("setup").clientSettings())) {
            assertThat(admin.listGroups().all().get()).isEmpty();
        }
    }

    private static Map<TopicPartition, Long> ends() throws Exception {
        try (Admin admin = Admin.create(ground.as("setup").clientSettings())) {
            Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
            admin.describeTopics(admin.listTopics().names().get())
                    .allTopicNames()
                    .get()
                    .forEach((name, topic) -> topic.partitions()
                            .forEach(partition -> partitions.put(
                                    new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(partitions).all().get().forEach((place, end) -> ends.put(place, end.offset()));
            return ends;
        }
    }
}
