package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.callclear.app.machine.RunningFile;
import org.callclear.app.settling.WholeTopic;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.post.DoubleEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Calls of a real run, proved in and out of the statement that was published of them, and checked by two programs. */
@ExtendWith(AuditedSystem.Given.class)
@SuppressWarnings("NullAway.Init") // JUnit's
class AuditProveTest {
    private static final String STRANGER =
            CallId.mint(Instant.parse("2026-11-01T00:00:00Z"), new Random(1)).toString();

    @TempDir
    private static Path folder;

    private static AuditedSystem system;
    private static String statement;
    private static List<String> calls;

    @BeforeAll
    static void system(AuditedSystem given) throws Exception {
        system = given;
        statement = given.statement();
        calls = callsOfAcme();
        assertThat(calls).isNotEmpty();
        String key = ok("keys", "list", "--statements", "--json", "--data", data())
                .json()
                .get(0)
                .path("keyId")
                .asText();
        ok("keys", "export", key, "--statements", "--out", file("key.pem"), "--data", data());
    }

    @Test
    void aCallIsProvedInAndAnotherOutAndBothAreCheckedWithoutKafka() throws Exception {
        ok("audit", "prove", statement, calls.getFirst(), "--out", file("in.json"), "--data", data());
        JsonNode out = ok("audit", "prove", statement, STRANGER, "--out", file("out.json"), "--json", "--data", data())
                .json();
        assertThat(out.path("lines").asInt(-1)).isZero();
        Files.writeString(
                folder.resolve("statement.json"),
                Typed.run("statement", "show", statement, "--json", "--data", data())
                        .out()
                        .strip());

        Typed verified = ok(
                "audit", "verify", file("in.json"), file("out.json"), file("statement.json"), "--key", file("key.pem"));
        assertThat(verified.out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("OK ").contains(calls.getFirst(), statement),
                        line -> assertThat(line).startsWith("OK ").contains("no line of call " + STRANGER),
                        line -> assertThat(line).startsWith("OK ").contains(statement));
        ok("audit", "verify", file("in.json"), file("out.json"), "--data", data());
    }

    @Test
    void everyCallOfTheStatementIsProvedAndNoProofHoldsAfterAChange() throws Exception {
        for (String call : calls) {
            String proof =
                    ok("audit", "prove", statement, call, "--data", data()).out();
            Path good = Files.writeString(folder.resolve("one.json"), proof);
            assertThat(Typed.run("audit", "verify", good.toString(), "--key", file("key.pem"), "--json")
                            .json()
                            .path("files")
                            .get(0)
                            .path("lines")
                            .asInt())
                    .isPositive();
            Path bad = Files.writeString(folder.resolve("bad.json"), altered(proof));
            Typed refused = Typed.run("audit", "verify", bad.toString(), "--key", file("key.pem"));
            assertThat(refused.code()).isOne();
            assertThat(refused.out()).startsWith("BAD ");
        }
    }

    @Test
    void aForeignProgramAgrees() throws Exception {
        assumeTrue(hasPython(), "\n*** SKIPPED: python3 is not installed (Debian package python3) ***\n");
        ok("audit", "prove", statement, calls.getFirst(), "--out", file("python-in.json"), "--data", data());
        ok("audit", "prove", statement, STRANGER, "--out", file("python-out.json"), "--data", data());
        String good = Files.readString(Path.of(file("python-in.json")));
        Files.writeString(Path.of(file("python-bad.json")), altered(good));

        assertThat(python(List.of("python-in.json", "python-out.json"))).isZero();
        assertThat(python(List.of("python-bad.json"))).isOne();
    }

    private static String altered(String proof) {
        return proof.replaceFirst("\"amount\":\"(-?)0", "\"amount\":\"$11");
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void whatCannotBeProvedIsNamed() {
        assertNamed("CALL 'nonsense': not a call id", "audit", "prove", statement, "nonsense");
        assertNamed("statement 'acme-1999-01-1': there is none", "audit", "prove", "acme-1999-01-1", STRANGER);
        assertNamed("carrier 'nobody': there is no such carrier", "audit", "prove", "nobody-2026-11-1", STRANGER);
        assertNamed("statement 'x': there is none", "audit", "prove", "x", STRANGER);
        assertNamed("--out '" + folder, "audit", "prove", statement, STRANGER, "--out", folder.toString());
        Typed withoutKey = Typed.run("audit", "verify", "x", "--key", file("no-such.pem"));
        assertThat(withoutKey.code()).as("nothing was looked at").isEqualTo(2);
        assertThat(withoutKey.err()).contains("--key");
        assertThat(Typed.run("audit", "verify", file("no-such.json"), "--key", file("key.pem"))
                        .out())
                .startsWith("BAD ")
                .contains("cannot be read");
    }

    private static void assertNamed(String what, String... command) {
        Typed result = Typed.run(
                command[1].equals("prove")
                        ? Stream.concat(Stream.of(command), Stream.of("--data", data()))
                                .toArray(String[]::new)
                        : command);
        assertThat(result.code()).isOne();
        assertThat(result.err().lines()).singleElement().asString().contains(what);
    }

    private static List<String> callsOfAcme() {
        Set<String> found = new TreeSet<>();
        WholeTopic.read(RunningFile.administration(Path.of(data())), Topic.POSTINGS, record -> {
            if (record instanceof LedgerEntry entry
                    && entry.getPostings().stream()
                            .anyMatch(posting -> posting.getAccount().equals(DoubleEntry.account("acme")))) {
                found.add(entry.getCallId());
            }
        });
        found.remove("");
        return List.copyOf(found);
    }

    /** The program's exit code. */
    private static int python(List<String> files) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "python3",
                Path.of("..", "examples", "verify_proof.py").toRealPath().toString(),
                "--key",
                "key.pem"));
        command.addAll(files);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        System.out.print(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        return process.waitFor();
    }

    private static Typed ok(String... command) {
        Typed result = Typed.run(command);
        assertThat(result.code()).as("%s%s", result.out(), result.err()).isZero();
        return result;
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }

    private static String data() {
        return system.data();
    }
}
