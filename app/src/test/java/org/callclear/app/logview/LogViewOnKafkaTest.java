package org.callclear.app.logview;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.app.command.Callclear;
import org.callclear.app.command.Terminal;
import org.callclear.app.stack.EmbeddedStack;
import org.callclear.app.stack.StackPorts;
import org.callclear.app.topics.TopicApplier;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.EntryKind;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Directory;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordProducer;
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
    private static final String CALL = MadeUpLog.CALL.toString();
    private static final String OTHER = "019ab0aa-5c00-7000-8000-0000000000ff";
    private static final Directory DIRECTORY = new Directory(
            new TreeSet<>(List.of(MadeUpLog.ACME, new CarrierId("zenith"), new CarrierId("bell"))),
            new TreeMap<>(Map.of(
                    new GatewayId("zenith-1"),
                    new CarrierId("zenith"),
                    new GatewayId("bell-1"),
                    new CarrierId("bell"))));

    @TempDir
    static Path folder;

    private static EmbeddedStack stack;

    /** What came of a command. */
    private record Typed(int code, String out, String err) {
        private List<JsonNode> lines() {
            ObjectMapper json = new ObjectMapper();
            return out.lines()
                    .map(line -> {
                        try {
                            return json.readTree(line);
                        } catch (IOException e) {
                            throw new AssertionError(line, e);
                        }
                    })
                    .toList();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        stack = EmbeddedStack.start(folder.resolve("data"), StackPorts.REMEMBERED, line -> {});
        try (TopicApplier applier = TopicApplier.open(as("setup"))) {
            applier.apply(DIRECTORY, line -> {});
        }
        CallLog call = new MadeUpLog()
                .authorized(1)
                .setup(1, 12)
                .event(850, MadeUpLog.ringing(1, 848))
                .event(4_003, MadeUpLog.answered(1, 4_000))
                .reported(Role.ORIGINATING, 1, 4_000L, 65_000, 200, 1, 65_010)
                .reported(Role.TERMINATING, 1, 4_000L, 65_000, 200, 1, 65_010)
                .reconciled(ReconciliationClass.MATCHED, 1, 61_000, 61_000, 1, "FIRST", 65_030)
                .posted("/1", EntryKind.ENTRY, "", "FIRST", "0.012200", "0.010167", 65_030)
                .log();
        for (LogRecord record : call.records()) {
            write(record.topic(), CALL, java.util.Objects.requireNonNull(record.value()), record.at());
        }
        write("commands", CALL + "/1", decision(CALL), MadeUpLog.at(70_000));
        write("commands", OTHER + "/1", decision(OTHER), MadeUpLog.at(70_001));
        write("command-outcomes", "decide-" + CALL, outcome(CALL), MadeUpLog.at(70_002));
        write("command-outcomes", "decide-" + OTHER, outcome(OTHER), MadeUpLog.at(70_003));
        write("cdr-rejected", "carrier.acme.cdrs-0", rejected(CALL), MadeUpLog.at(80_000));
        write("cdr-rejected", "carrier.acme.cdrs-0", rejected(OTHER), MadeUpLog.at(80_001));
        write("carrier.acme.setup-events", OTHER, MadeUpLog.ringing(1, 1), MadeUpLog.at(90_000));
        garbage();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    private static KafkaAccess as(String party) {
        return stack.accessFor(Party.parse(party));
    }

    /** As the super user: who may write what is tried elsewhere. */
    private static void write(String topic, String key, SpecificRecord value, Instant at) throws Exception {
        try (var producer = RecordProducer.open(as("setup"), "made-up")) {
            producer.send(new ProducerRecord<>(topic, null, at.toEpochMilli(), key, value))
                    .get();
        }
    }

    private static void garbage() throws Exception {
        try (var producer =
                new KafkaProducer<>(as("setup").clientSettings(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            "carrier.acme.cdrs", null, MadeUpLog.at(95_000).toEpochMilli(), CALL, new byte[] {7}))
                    .get();
        }
    }

    private static ResolveDispute decision(String call) {
        return ResolveDispute.newBuilder()
                .setCommandId("decide-" + call)
                .setDisputeId(call + "/1")
                .setCallId(call)
                .setLeg(1)
                .setResolution(Resolution.REJECTED)
                .setRequestedBy("alice")
                .setRequestedAt(MadeUpLog.at(0))
                .setReason("no trace of " + MadeUpLog.CALLED)
                .build();
    }

    private static CommandOutcome outcome(String call) {
        return CommandOutcome.newBuilder()
                .setCommandId("decide-" + call)
                .setOutcome(OutcomeKind.REFUSED)
                .setDetail("there is no such dispute")
                .setAt(MadeUpLog.at(0))
                .build();
    }

    private static RejectedRecord rejected(String call) {
        return RejectedRecord.newBuilder()
                .setSourceTopic("carrier.acme.cdrs")
                .setSourcePartition(0)
                .setSourceOffset(7)
                .setSourceTimestamp(MadeUpLog.at(0))
                .setKey(ByteBuffer.wrap(call.getBytes(StandardCharsets.UTF_8)))
                .setValue(null)
                .setReason("CONFLICT")
                .setField("endedAt")
                .setDetail("another report of " + MadeUpLog.CALLED + " was first")
                .setRejectedAt(MadeUpLog.at(80_000))
                .build();
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

    @Test
    void grepPrintsWhatTheNamedTopicsSayOfTheCall() throws Exception {
        Typed all = run("operations", "topics", "grep", CALL);
        Typed some = run("operations", "topics", "grep", CALL, "carrier.*.cdrs", "postings");

        assertThat(all.code()).as(all.err()).isZero();
        assertThat(all.lines()).hasSize(14);
        assertThat(all.err()).contains("authorization-responses", "setup-requests");
        assertThat(some.lines())
                .extracting(record -> record.path("topic").asText())
                .containsExactlyInAnyOrder("carrier.acme.cdrs", "carrier.zenith.cdrs", "postings", "carrier.acme.cdrs");
        assertThat(some.out()).doesNotContain(MadeUpLog.CALLED);
        assertThat(some.lines().getFirst().at("/value/called").asText()).isEqualTo("4930******");
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
                "topics grep 019ab0aa-5c00-7000-8000-00000000dead",
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
        try (Admin admin = Admin.create(as("setup").clientSettings())) {
            assertThat(admin.listGroups().all().get()).isEmpty();
        }
    }

    private static Map<TopicPartition, Long> ends() throws Exception {
        try (Admin admin = Admin.create(as("setup").clientSettings())) {
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

    private static Typed run(String party, String... args) throws IOException {
        KafkaAccess access = as(party);
        KafkaAccess.Tls tls = java.util.Objects.requireNonNull(access.tls());
        Path config = folder.resolve(party + ".yaml");
        Files.writeString(
                config, """
                kafka:
                  bootstrapServers: %s
                  registryUrl: %s
                  tls:
                    trusted: %s
                    identity: %s
                """.formatted(access.bootstrapServers(), access.registryUrl(), tls.trusted(), tls.identity()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = java.util.Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--config";
        all[args.length + 1] = config.toString();
        int code = Callclear.with(
                        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true)),
                        new ByteArrayInputStream(new byte[0]),
                        died -> {},
                        Clock.systemUTC())
                .execute(all);
        return new Typed(code, out.toString(), err.toString());
    }
}
