package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.systemtests.UsageDesk.HEADER;
import static org.callclear.systemtests.UsageDesk.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.topics.Party;
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

/** Files of usage records that come in, through the command line against a real broker. The story goes on from test to test. */
@SuppressWarnings("NullAway.Init") // JUnit's
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UsageImportTest {
    @TempDir
    private static Path folder;

    private static UsageDesk desk;

    @BeforeAll
    static void start() throws Exception {
        desk = UsageDesk.open(folder);
    }

    @AfterAll
    static void stop() {
        desk.close();
    }

    @Test
    @Order(1)
    void goodRowsGoInAndTheOthersAreReported() throws IOException {
        Path file = desk.file(
                "one.csv",
                row(1, 1, 1),
                row(2, 1, 1).replace(",200,", ",999,"),
                row(3, 2, 1),
                row(1, 1, 1),
                row(3, 1, 1),
                row(4, 1, 1),
                row(4, 1, 1).replace(",16,", ",17,"));

        Typed outcome = desk.run("import", file.toString(), "--carrier", "acme");

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
        assertThat(desk.reports("acme", 4))
                .extracting(cdr -> cdr.getCallId().charAt(35) + "v" + cdr.getVersion())
                .containsSubsequence("3v1", "3v2")
                .containsExactlyInAnyOrder("1v1", "3v1", "3v2", "4v1");
    }

    @Test
    @Order(2)
    void theSameFileAgainDoesNothing() {
        Typed outcome = desk.run("import", folder.resolve("one.csv").toString(), "--carrier", "acme");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.json().path("outcome").asText()).isEqualTo("IMPORTED_BEFORE");
        assertThat(desk.reports("acme", 4)).hasSize(4);
    }

    @Test
    @Order(3)
    void theSameNameOrTheSameContentElseIsRefused() throws IOException {
        Path copy = Files.copy(folder.resolve("one.csv"), folder.resolve("copy.csv"));
        Path other = Files.createDirectory(folder.resolve("other")).resolve("one.csv");
        Files.writeString(other, HEADER + row(9, 1, 1));

        Typed copied = desk.run("import", copy.toString(), "--carrier", "acme");
        Typed changed = desk.run("import", other.toString(), "--carrier", "acme");

        assertThat(copied.code()).isEqualTo(1);
        assertThat(copied.err()).contains("one.csv");
        assertThat(changed.code()).isEqualTo(1);
        assertThat(desk.reports("acme", 4)).hasSize(4);
    }

    @Test
    @Order(4)
    void totalsThatAreOffRejectTheWholeFile() throws Exception {
        Path file = desk.file("two.csv", row(5, 1, 1), row(6, 1, 1));
        Path audit = folder.resolve("two.audit.json");
        Files.writeString(audit, desk.audit(file, 1, 3).toString());

        Typed outcome = desk.run("import", file.toString(), "--carrier", "acme");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("records: 3, found 2");
        assertThat(desk.reports("acme", 4)).hasSize(4);
    }

    @Test
    @Order(5)
    void numbersGoOnOneByOne() throws Exception {
        Path file = folder.resolve("two.csv");
        Path audit = folder.resolve("two.audit.json");
        Files.writeString(audit, desk.audit(file, 2, 2).toString());

        Typed gap = desk.run("import", file.toString(), "--carrier", "acme");
        Typed allowed = desk.run("import", file.toString(), "--carrier", "acme", "--allow-gap");
        Path late = desk.file("late.csv", row(7, 1, 1));
        Files.writeString(
                folder.resolve("late.audit.json"), desk.audit(late, 2, 1).toString());
        Typed taken = desk.run("import", late.toString(), "--carrier", "acme");

        assertThat(gap.code()).isEqualTo(1);
        assertThat(allowed.code()).as(allowed.err()).isZero();
        assertThat(allowed.json().path("notices")).hasSize(1);
        assertThat(taken.code()).isEqualTo(1);
        assertThat(taken.err()).contains("two.csv");
        assertThat(desk.run(
                                "import",
                                desk.file("bare.csv", row(8, 1, 1)).toString(),
                                "--carrier",
                                "acme",
                                "--require-audit")
                        .code())
                .isEqualTo(1);
        assertThat(desk.reports("acme", 6)).hasSize(6);
    }

    @Test
    @Order(6)
    void aCarrierThatNobodyKnowsIsNamed() {
        Typed outcome = desk.run("import", folder.resolve("two.csv").toString(), "--carrier", "nobody");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err().lines()).singleElement().asString().contains("nobody");
    }

    @Test
    @Order(6)
    void nothingIsListedForACarrierThatDoesNotTakePart() {
        Typed outcome = desk.run("rejected", "--carrier", "nobody");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines())
                .singleElement()
                .asString()
                .contains("carrier 'nobody': there is no such carrier");
    }

    @Test
    @Order(7)
    void ofTwoImportsOfAFileAtATimeOneWins() throws Exception {
        Path file = desk.file(
                "race.csv", row(1, 1, 1).replace("acme", "lumen"), row(2, 1, 1).replace("acme", "lumen"));
        List<Thread> threads = new ArrayList<>();
        List<Typed> outcomes = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 3; i++) {
            Path report = folder.resolve("race-" + i + ".csv");
            threads.add(Thread.ofPlatform()
                    .start(() -> outcomes.add(
                            desk.run("import", file.toString(), "--carrier", "lumen", "--report", report.toString()))));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(outcomes.stream().filter(o -> o.out().contains("\"IMPORTED\"")))
                .hasSize(1);
        assertThat(desk.reports("lumen", 2)).hasSize(2);
    }

    @Test
    @Order(8)
    void aFileThatContradictsAnotherIsSetAsideWhereOneSeesIt() throws Exception {
        String said = row(20, 1, 0);
        String other = said.replace("4420123456", "4420999999");
        Path state = folder.resolve("settlement");
        try (Settlement settlement = Settlement.start(new SettlementConfig(
                desk.accessFor(Party.of(Party.Kind.SETTLEMENT)),
                state,
                PeriodLength.MONTH,
                ZoneOffset.UTC,
                1,
                Duration.ofMillis(100),
                StoreKind.ON_DISK))) {
            assertThat(desk.run("import", desk.file("said.csv", said).toString(), "--carrier", "acme")
                            .code())
                    .isZero();
            assertThat(desk.run("import", desk.file("other.csv", other).toString(), "--carrier", "acme")
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
        ArrayNode conflicts = UsageDesk.JSON.createArrayNode();
        desk.run(all.toArray(String[]::new)).json().forEach(record -> {
            if (record.path("reason").asText().equals("CONFLICT")) {
                conflicts.add(record);
            }
        });
        return conflicts;
    }
}
