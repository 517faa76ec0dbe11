package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.callclear.app.command.Callclear;
import org.callclear.app.command.Terminal;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.UsageFile;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.settlement.Settlement;
import org.callclear.settlement.SettlementConfig;
import org.callclear.settlement.stages.StoreKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Files of usage records, in and out, through the command line against a real broker. The story goes on from test to test. */
@SuppressWarnings("NullAway.Init") // JUnit's
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UsageExchangeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEADER = "call_id,leg,role,transaction_id,originating_carrier,terminating_carrier,"
            + "calling,called,setup_at,answered_at,ended_at,sip_status,q850_cause,release_source,version\r\n";

    @TempDir
    private static Path folder;

    private static EmbeddedGround ground;
    private static Records records;
    private static Path config;

    /** What a command came to. */
    private record Outcome(int code, String out, String err) {
        JsonNode json() {
            try {
                return JSON.readTree(out);
            } catch (IOException e) {
                throw new AssertionError(out + err, e);
            }
        }
    }

    @BeforeAll
    static void start() throws IOException {
        ground = EmbeddedGround.start(folder.resolve("data"));
        records = new Records(
                ground,
                name -> name.equals(Topic.USAGE_FILES.topic())
                        || Topic.CDRS.pattern().matcher(name).matches());
        KafkaAccess access = ground.accessFor(Party.of(Party.Kind.ADMINISTRATION));
        KafkaAccess.Tls tls = Objects.requireNonNull(access.tls());
        config = Files.writeString(folder.resolve("admin.yaml"), """
                kafka:
                  bootstrapServers: %s
                  registryUrl: %s
                  tls:
                    trusted: %s
                    identity: %s
                """.formatted(
                        access.bootstrapServers(), access.registryUrl(), tls.trusted(), tls.identity()));
    }

    @AfterAll
    static void stop() {
        records.close();
        ground.close();
    }

    @Test
    @Order(1)
    void goodRowsGoInAndTheOthersAreReported() throws IOException {
        Path file = file(
                "one.csv",
                row(1, 1, 1),
                row(2, 1, 1).replace(",200,", ",999,"),
                row(3, 2, 1),
                row(1, 1, 1),
                row(3, 1, 1),
                row(4, 1, 1),
                row(4, 1, 1).replace(",16,", ",17,"));

        Outcome outcome = run("import", file.toString(), "--carrier", "acme");

        assertThat(outcome.code()).as(outcome.err()).isEqualTo(3);
        JsonNode json = outcome.json();
        assertThat(json.path("outcome").asText()).isEqualTo("IMPORTED");
        assertThat(json.path("rows").asInt()).isEqualTo(7);
        assertThat(json.path("taken").asInt()).isEqualTo(4);
        assertThat(json.path("corrections").asInt()).isEqualTo(1);
        assertThat(json.path("repeated").asInt()).isEqualTo(1);
        assertThat(json.path("faulty").asInt()).isEqualTo(2);
        assertThat(Files.readAllLines(folder.resolve("one.csv.report.csv")))
                .hasSize(3)
                .anyMatch(line -> line.startsWith("3,") && line.contains("sip_status"))
                .anyMatch(line -> line.startsWith("8,") && line.contains("version"));
        assertThat(reports("acme", 4))
                .extracting(cdr -> cdr.getCallId().charAt(35) + "v" + cdr.getVersion())
                .containsSubsequence("3v1", "3v2")
                .containsExactlyInAnyOrder("1v1", "3v1", "3v2", "4v1");
    }

    @Test
    @Order(2)
    void theSameFileAgainDoesNothing() {
        Outcome outcome = run("import", folder.resolve("one.csv").toString(), "--carrier", "acme");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.json().path("outcome").asText()).isEqualTo("IMPORTED_BEFORE");
        assertThat(reports("acme", 4)).hasSize(4);
    }

    @Test
    @Order(3)
    void theSameNameOrTheSameContentElseIsRefused() throws IOException {
        Path copy = Files.copy(folder.resolve("one.csv"), folder.resolve("copy.csv"));
        Path other = Files.createDirectory(folder.resolve("other")).resolve("one.csv");
        Files.writeString(other, HEADER + row(9, 1, 1));

        Outcome copied = run("import", copy.toString(), "--carrier", "acme");
        Outcome changed = run("import", other.toString(), "--carrier", "acme");

        assertThat(copied.code()).isEqualTo(1);
        assertThat(copied.err()).contains("one.csv");
        assertThat(changed.code()).isEqualTo(1);
        assertThat(reports("acme", 4)).hasSize(4);
    }

    @Test
    @Order(4)
    void totalsThatAreOffRejectTheWholeFile() throws Exception {
        Path file = file("two.csv", row(5, 1, 1), row(6, 1, 1));
        Path audit = folder.resolve("two.audit.json");
        Files.writeString(audit, audit(file, 1, 3).toString());

        Outcome outcome = run("import", file.toString(), "--carrier", "acme");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("records: 3, found 2");
        assertThat(reports("acme", 4)).hasSize(4);
    }

    @Test
    @Order(5)
    void numbersGoOnOneByOne() throws Exception {
        Path file = folder.resolve("two.csv");
        Path audit = folder.resolve("two.audit.json");
        Files.writeString(audit, audit(file, 2, 2).toString());

        Outcome gap = run("import", file.toString(), "--carrier", "acme");
        Outcome allowed = run("import", file.toString(), "--carrier", "acme", "--allow-gap");
        Path late = file("late.csv", row(7, 1, 1));
        Files.writeString(folder.resolve("late.audit.json"), audit(late, 2, 1).toString());
        Outcome taken = run("import", late.toString(), "--carrier", "acme");

        assertThat(gap.code()).isEqualTo(1);
        assertThat(allowed.code()).as(allowed.err()).isZero();
        assertThat(allowed.json().path("notices")).hasSize(1);
        assertThat(taken.code()).isEqualTo(1);
        assertThat(taken.err()).contains("two.csv");
        assertThat(run("import", file("bare.csv", row(8, 1, 1)).toString(), "--carrier", "acme", "--require-audit")
                        .code())
                .isEqualTo(1);
        assertThat(reports("acme", 6)).hasSize(6);
    }

    @Test
    @Order(6)
    void aCarrierThatNobodyKnowsIsNamed() {
        Outcome outcome = run("import", folder.resolve("two.csv").toString(), "--carrier", "nobody");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err().lines()).singleElement().asString().contains("nobody");
    }

    @Test
    @Order(6)
    void nothingIsListedForACarrierThatDoesNotTakePart() {
        Outcome outcome = run("rejected", "--carrier", "nobody");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines())
                .singleElement()
                .asString()
                .contains("carrier 'nobody': there is no such carrier");
    }

    @Test
    @Order(7)
    void whatCameSinceTheLastExportGoesOutAndCanGoOutAgain() throws Exception {
        Path out = folder.resolve("out"); // Not there yet.

        Outcome first = run("export", "--carrier", "acme", "--to", out.toString());
        Outcome none = run("export", "--carrier", "acme", "--to", out.toString());
        run("import", file("three.csv", row(7, 1, 1)).toString(), "--carrier", "acme");
        Outcome second = run("export", "--carrier", "acme", "--to", out.toString());
        Outcome empty = run("export", "--carrier", "acme", "--to", out.toString(), "--empty");

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.json().path("rows").asInt()).isEqualTo(6);
        assertThat(none.json().path("outcome").asText()).isEqualTo("NOTHING_NEW");
        assertThat(second.json().path("rows").asInt()).isEqualTo(1);
        assertThat(empty.json().path("rows").asInt()).isZero();
        assertThat(names(out))
                .containsExactly(
                        "cdrs-acme-000001.audit.json",
                        "cdrs-acme-000001.csv",
                        "cdrs-acme-000002.audit.json",
                        "cdrs-acme-000002.csv",
                        "cdrs-acme-000003.audit.json",
                        "cdrs-acme-000003.csv");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("cdrs-acme-000001.csv"))))
                .isEqualTo("rw-------");
        assertWrittenAgainTheSame(out);
    }

    private static void assertWrittenAgainTheSame(Path out) throws IOException {
        Path again = folder.resolve("again");
        for (int number = 1; number <= 3; number++) {
            Outcome outcome =
                    run("export", "--carrier", "acme", "--to", again.toString(), "--again", Integer.toString(number));
            assertThat(outcome.code()).as(outcome.err()).isZero();
        }
        for (String name : names(out)) {
            assertThat(again.resolve(name)).hasSameBinaryContentAs(out.resolve(name));
        }
        assertThat(run("export", "--carrier", "acme", "--to", again.toString(), "--again", "4")
                        .code())
                .isEqualTo(1);
    }

    @Test
    @Order(8)
    void whatWentOutComesInElsewhereTheSame() {
        List<CallDetailRecord> before = reports("acme", 7);

        // The same topic stands for another clearinghouse's. The number 1 is still free, 2 was taken in another test.
        Outcome first = run("import", exported(1), "--carrier", "acme", "--require-audit");
        Outcome second = run("import", exported(2), "--carrier", "acme", "--require-audit");
        Outcome third = run("import", exported(3), "--carrier", "acme", "--require-audit");

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.json().path("sequence").asInt()).isOne();
        assertThat(second.code()).as(second.err()).isEqualTo(1);
        assertThat(third.code()).as(third.err()).isZero();
        assertThat(third.json().path("rows").asInt()).isZero();
        List<CallDetailRecord> after = reports("acme", 13);
        assertThat(after.subList(7, 13)).containsExactlyInAnyOrderElementsOf(before.subList(0, 6));
    }

    private static String exported(int number) {
        return folder.resolve("out")
                .resolve("cdrs-acme-00000" + number + ".csv")
                .toString();
    }

    @Test
    @Order(9)
    void aRecordThatCannotBeReadIsLeftOutAndNamed() throws Exception {
        var settings = ground.accessFor(Party.of(Party.Kind.ADMINISTRATION)).clientSettings();
        String topic = Topic.CDRS.of(new CarrierId("lumen"));
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 2, "x", "not a record".getBytes(StandardCharsets.UTF_8)))
                    .get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }

        Outcome outcome = run(
                "export", "--carrier", "lumen", "--to", folder.resolve("out").toString());

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.json().path("skipped"))
                .singleElement()
                .satisfies(place -> assertThat(place.asText()).contains(topic + "-2", "offset 0"));
    }

    @Test
    @Order(10)
    void ofTwoImportsOfAFileAtATimeOneWins() throws Exception {
        Path file = file(
                "race.csv", row(1, 1, 1).replace("acme", "lumen"), row(2, 1, 1).replace("acme", "lumen"));
        List<Thread> threads = new ArrayList<>();
        List<Outcome> outcomes = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 3; i++) {
            Path report = folder.resolve("race-" + i + ".csv");
            threads.add(Thread.ofPlatform()
                    .start(() -> outcomes.add(
                            run("import", file.toString(), "--carrier", "lumen", "--report", report.toString()))));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(outcomes.stream().filter(o -> o.out().contains("\"IMPORTED\"")))
                .hasSize(1);
        assertThat(reports("lumen", 2)).hasSize(2);
    }

    @Test
    @Order(11)
    void aFileThatContradictsAnotherIsSetAsideWhereOneSeesIt() throws Exception {
        String said = row(20, 1, 0);
        String other = said.replace("4420123456", "4420999999");
        Path state = folder.resolve("settlement");
        try (Settlement settlement = Settlement.start(new SettlementConfig(
                ground.accessFor(Party.of(Party.Kind.SETTLEMENT)),
                state,
                PeriodLength.MONTH,
                ZoneOffset.UTC,
                1,
                Duration.ofMillis(100),
                StoreKind.ON_DISK,
                Duration.ofMinutes(5)))) {
            assertThat(run("import", file("said.csv", said).toString(), "--carrier", "acme")
                            .code())
                    .isZero();
            assertThat(run("import", file("other.csv", other).toString(), "--carrier", "acme")
                            .code())
                    .isZero();

            JsonNode rejected = Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> conflicts("--carrier", "acme"), found -> !found.isEmpty());

            assertThat(rejected)
                    .singleElement()
                    .satisfies(
                            record -> assertThat(record.path("callId").asText()).isEqualTo(said.substring(0, 36)));
            assertThat(conflicts("--carrier", "zenith")).isEmpty();
            assertThat(conflicts("--since", "2100-01-01")).isEmpty();
            assertThat(settlement.ended()).isNotDone();
        }
    }

    /** What contradicts something, as the command lists it. */
    private static ArrayNode conflicts(String... options) {
        List<String> all = new ArrayList<>(List.of("rejected"));
        all.addAll(List.of(options));
        ArrayNode conflicts = JSON.createArrayNode();
        run(all.toArray(String[]::new)).json().forEach(record -> {
            if (record.path("reason").asText().equals("CONFLICT")) {
                conflicts.add(record);
            }
        });
        return conflicts;
    }

    private static List<String> names(Path out) throws IOException {
        try (var files = Files.list(out)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** What is on a carrier's topic, once there are so many records and each file's note. */
    private static List<CallDetailRecord> reports(String carrier, int count) {
        return Awaitility.await()
                .until(
                        () -> records.of(CallDetailRecord.class)
                                .filter(cdr -> cdr.getOriginatingCarrier().equals(carrier))
                                .toList(),
                        found -> found.size() >= count
                                && records.of(UsageFile.class).findAny().isPresent());
    }

    private static ObjectNode audit(Path file, long sequence, int rows) throws Exception {
        ObjectNode audit = JSON.createObjectNode();
        audit.put("carrier", "acme")
                .put("sequence", sequence)
                .put("file", file.getFileName().toString());
        audit.put(
                "sha256",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
        String[] lines = Files.readString(file).split("\r\n", -1);
        audit.put("records", rows);
        audit.put("first", lines[1].split(",", -1)[8]);
        audit.put("last", lines[lines.length - 2].split(",", -1)[8]);
        audit.put("answered", lines.length - 2).put("talked_milliseconds", 61_234L * (lines.length - 2));
        audit.putObject("roles").put("ORIGINATING", lines.length - 2).put("TERMINATING", 0);
        return audit;
    }

    private static String row(int call, int version, int leg) {
        return String.format(
                Locale.ROOT,
                "01930000-0000-7000-8000-%012d,%d,ORIGINATING,,acme,zenith,4930123456,4420123456,"
                        + "2026-11-01T00:00:%02d.000Z,2026-11-01T00:01:00.001Z,2026-11-01T00:02:01.235Z,200,16,CALLER,%d\r\n",
                call,
                leg,
                call,
                version);
    }

    private static Path file(String name, String... rows) throws IOException {
        return Files.writeString(folder.resolve(name), HEADER + String.join("", rows));
    }

    private static Outcome run(String... args) {
        List<String> all = new ArrayList<>(List.of("cdrs"));
        all.addAll(List.of(args));
        all.addAll(List.of("--json", "--config", config.toString()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Callclear.with(
                        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true)),
                        new ByteArrayInputStream(new byte[0]),
                        died -> {},
                        Clock.systemUTC())
                .execute(all.toArray(String[]::new));
        return new Outcome(code, out.toString(), err.toString());
    }
}
