package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.systemtests.UsageDesk.row;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of usage records that go out, through the command line against a real broker, and in again elsewhere. The story goes
 * on from test to test.
 */
@SuppressWarnings("NullAway.Init") // JUnit's
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UsageExportTest {
    @TempDir
    private static Path folder;

    private static UsageDesk desk;

    @BeforeAll
    static void start() throws Exception {
        desk = UsageDesk.open(folder);
        String one = desk.file("one.csv", row(1, 1, 1), row(3, 2, 1), row(3, 1, 1), row(4, 1, 1))
                .toString();
        assertThat(desk.run("import", one, "--carrier", "acme").code()).isZero();
        Path two = desk.file("two.csv", row(5, 1, 1), row(6, 1, 1));
        Files.writeString(
                folder.resolve("two.audit.json"), desk.audit(two, 2, 2).toString());
        assertThat(desk.run("import", two.toString(), "--carrier", "acme", "--allow-gap")
                        .code())
                .isZero();
    }

    @AfterAll
    static void stop() {
        desk.close();
    }

    @Test
    @Order(1)
    void whatCameSinceTheLastExportGoesOutAndCanGoOutAgain() throws Exception {
        Path out = folder.resolve("out"); // Not there yet.

        Typed first = desk.run("export", "--carrier", "acme", "--to", out.toString());
        Typed none = desk.run("export", "--carrier", "acme", "--to", out.toString());
        desk.run("import", desk.file("three.csv", row(7, 1, 1)).toString(), "--carrier", "acme");
        Typed second = desk.run("export", "--carrier", "acme", "--to", out.toString());
        Typed empty = desk.run("export", "--carrier", "acme", "--to", out.toString(), "--empty");

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
            Typed outcome = desk.run(
                    "export", "--carrier", "acme", "--to", again.toString(), "--again", Integer.toString(number));
            assertThat(outcome.code()).as(outcome.err()).isZero();
        }
        for (String name : names(out)) {
            assertThat(again.resolve(name)).hasSameBinaryContentAs(out.resolve(name));
        }
        assertThat(desk.run("export", "--carrier", "acme", "--to", again.toString(), "--again", "4")
                        .code())
                .isEqualTo(1);
    }

    @Test
    @Order(2)
    void whatWentOutComesInElsewhereTheSame() {
        List<CallDetailRecord> before = desk.reports("acme", 7);

        // The same topic stands for another clearinghouse's. The number 1 is still free, 2 is taken.
        Typed first = desk.run("import", exported(1), "--carrier", "acme", "--require-audit");
        Typed second = desk.run("import", exported(2), "--carrier", "acme", "--require-audit");
        Typed third = desk.run("import", exported(3), "--carrier", "acme", "--require-audit");

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.json().path("sequence").asInt()).isOne();
        assertThat(second.code()).as(second.err()).isEqualTo(1);
        assertThat(third.code()).as(third.err()).isZero();
        assertThat(third.json().path("rows").asInt()).isZero();
        List<CallDetailRecord> after = desk.reports("acme", 13);
        assertThat(after.subList(7, 13)).containsExactlyInAnyOrderElementsOf(before.subList(0, 6));
    }

    private static String exported(int number) {
        return folder.resolve("out")
                .resolve("cdrs-acme-00000" + number + ".csv")
                .toString();
    }

    @Test
    @Order(3)
    void aRecordThatCannotBeReadIsLeftOutAndNamed() throws Exception {
        var settings = desk.accessFor(Party.of(Party.Kind.ADMINISTRATION)).clientSettings();
        String topic = Topic.CDRS.of(new CarrierId("lumen"));
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 2, "x", "not a record".getBytes(StandardCharsets.UTF_8)))
                    .get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }

        Typed outcome = desk.run(
                "export", "--carrier", "lumen", "--to", folder.resolve("out").toString());

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.json().path("skipped"))
                .singleElement()
                .satisfies(place -> assertThat(place.asText()).contains(topic + "-2", "offset 0"));
    }

    private static List<String> names(Path out) throws IOException {
        try (var files = Files.list(out)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
