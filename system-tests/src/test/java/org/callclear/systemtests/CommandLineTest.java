package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands against a running {@code up}, good ones and bad ones. */
@SuppressWarnings("NullAway.Init") // JUnit's
class CommandLineTest {
    @TempDir
    private static Path folder;

    private static final CompletableFuture<String> ENDED = new CompletableFuture<>();
    private static final ExecutorService UP = Executors.newSingleThreadExecutor();
    private static CompletableFuture<Typed> up;
    private static JsonNode endpoints;

    @BeforeAll
    static void start() throws Exception {
        CompletableFuture<Void> serving = new CompletableFuture<>();
        up = CompletableFuture.supplyAsync(
                () -> Typed.run(
                        died -> {
                            serving.complete(null);
                            ENDED.join();
                        },
                        "up",
                        "--data",
                        data()),
                UP);
        CompletableFuture.anyOf(serving, up).get(120, TimeUnit.SECONDS);
        assertThat(serving).as("up ended before it served").isCompleted();
        endpoints = new ObjectMapper().readTree(Files.readAllBytes(Path.of(data(), "running.json")));
    }

    @AfterAll
    static void stop() throws Exception {
        ENDED.complete("");
        assertThat(up.get(60, TimeUnit.SECONDS).code()).isZero();
        UP.shutdown();
    }

    @Test
    void aFileWithAWrongLineChangesNothing() throws IOException {
        Path file = file("carriers.csv", "id,name,status\nvega,Vega,ACTIVE\norion,Orion,ACTVE\n");

        Typed result = Typed.run("carriers", "import", file.toString(), "--data", data());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains(file + ":3:", "status", "ACTVE");
        assertThat(Typed.run("carriers", "export", "--data", data()).out()).doesNotContain("vega", "orion");
    }

    @Test
    void aNewCarrierGetsItsTopics() throws IOException {
        Path file = file("polar.csv", "id,name,status\npolar,Polar,ACTIVE\n");

        Typed result = Typed.run("carriers", "import", file.toString(), "--data", data());

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(Typed.run("topics", "apply", "--dry-run", "--json", "--data", data())
                        .out())
                .contains("\"changes\":[]");
    }

    @Test
    void aDeckComesBackAsItWasImported() throws IOException {
        String csv = "prefix,destination,rate_per_minute,initial_seconds,increment_seconds,connect_fee,valid_from,"
                + "valid_to,status\r\n49,Germany,0.0125,30,6,0,2026-01-01T00:00:00.000Z,,ACTIVE\r\n";
        Path file = file("deck.csv", csv);

        Typed result = Typed.run("decks", "import", file.toString(), "--name", "orbit", "--data", data());

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(Typed.run("decks", "export", "orbit", "--data", data()).out())
                .isEqualTo(csv);
    }

    @Test
    void aQuoteByAContractSplitsAtTheRateChangeOfItsDeck() throws IOException {
        Path carriers = file("quoted.csv", "id,name,status\nquoted,Quoted,ACTIVE\n");
        Path deck = file(
                "split.csv",
                "prefix,destination,rate_per_minute,initial_seconds,increment_seconds,connect_fee,valid_from,"
                        + "valid_to,status\n49,Germany,0.6,30,6,0,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,ACTIVE\n"
                        + "49,Germany,1.2,30,6,0,2026-02-01T00:00:00Z,,ACTIVE\n");
        Path contracts = file(
                "contracts.csv",
                "id,carrier,side,currency,deck,split_at_rate_changes\nquoted-out,quoted,ORIGINATING,EUR,split,true\n");
        for (String[] load : new String[][] {
            {"carriers", "import", carriers.toString(), "--data", data()},
            {"decks", "import", deck.toString(), "--name", "split", "--data", data()},
            {"contracts", "import", contracts.toString(), "--data", data()}
        }) {
            Typed loaded = Typed.run(load);
            assertThat(loaded.code()).as(loaded.err()).isZero();
        }

        Typed result = quote("quoted-out");
        Typed nobody = quote("nobody-out");

        assertThat(result.code()).as(result.err()).isZero();
        JsonNode quoted = new ObjectMapper().readTree(result.out());
        assertThat(quoted.path("exactPrice").asText()).isEqualTo("0.48"); // 36 s at 0.01, then 6 s at 0.02
        assertThat(quoted.path("steps"))
                .extracting(step ->
                        step.path("step").asText() + " " + step.path("result").asText())
                .contains("CONTRACT quoted-out", "DECK split", "RATE 0.36", "RATE 0.12");
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err()).contains("nobody-out");
    }

    private static Typed quote(String contract) {
        String line = "rate quote --contract " + contract + " --called 4930123456 --answered 2026-01-31T23:59:29Z"
                + " --seconds 40 --json --explain --data";
        return Typed.run((line + " " + data()).split(" "));
    }

    @Test
    void aPeriodThatIsNotOpenIsNotClosed() {
        Typed result = Typed.run("period", "close", "1999-12", "--data", data());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void aKeyIsRotatedListedAndRevokedAndTheLastOneIsKept() throws Exception {
        ObjectMapper json = new ObjectMapper();
        JsonNode first = json.readTree(
                Typed.run("keys", "list", "--json", "--data", data()).out());
        assertThat(first).hasSize(1);
        assertThat(first.get(0).path("state").asText()).isEqualTo("ACTIVE");
        assertThat(first.get(0).path("signsFor")).isNotEmpty();
        String old = first.get(0).path("keyId").asText();

        Typed tooEarly = Typed.run("keys", "revoke", old, "--reason", "test", "--data", data());
        assertThat(tooEarly.code()).isEqualTo(1);
        assertThat(tooEarly.err().lines()).singleElement().asString().contains(old, "keys rotate", "--force");

        Typed rotated = Typed.run("keys", "rotate", "--lasts", "P30D", "--json", "--data", data());
        assertThat(rotated.code()).as(rotated.err()).isZero();
        String fresh = json.readTree(rotated.out()).path("keyId").asText();
        Typed pending = Typed.run("keys", "rotate", "--in", "PT1H", "--config", keysConfig("keys.yaml", true));
        assertThat(pending.code()).as(pending.err()).isZero();
        assertThat(Typed.run("keys", "publish", "--data", data()).out()).contains("nothing to publish");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode listed = json.readTree(
                    Typed.run("keys", "list", "--json", "--data", data()).out());
            assertThat(listed)
                    .extracting(key -> key.path("state").asText())
                    .containsExactly("PENDING", "ACTIVE", "ACTIVE");
            assertThat(listed.get(1).path("keyId").asText()).isEqualTo(fresh);
            assertThat(listed.get(1).path("signsFor")).isEqualTo(first.get(0).path("signsFor"));
        });

        Typed revoked = Typed.run("keys", "revoke", old, "--reason", "laptop lost", "--data", data());
        assertThat(revoked.code()).as(revoked.err()).isZero();
        Typed again = Typed.run("keys", "revoke", old, "--reason", "another reason", "--json", "--data", data());
        assertThat(json.readTree(again.out()).path("revokedReason").asText()).isEqualTo("laptop lost");
        assertThat(again.err()).contains("(laptop lost), which stands: 'another reason' was not recorded");
        assertThat(Typed.run("keys", "list", "--data", data()).out())
                .contains("REVOKED", "PENDING", fresh, "laptop lost");
        assertThat(Typed.run("keys", "publish", "--json", "--data", data()).out())
                .startsWith("[]");
        Typed last = Typed.run("keys", "revoke", fresh, "--reason", "test", "--data", data());
        assertThat(last.code()).as("the pending one cannot sign yet").isEqualTo(1);
    }

    @Test
    void statementsHaveKeysOfTheirOwn() throws Exception {
        ObjectMapper json = new ObjectMapper();
        JsonNode listed = json.readTree(Typed.run("keys", "list", "--statements", "--json", "--data", data())
                .out());
        String key = listed.get(0).path("keyId").asText();
        assertThat(listed.get(0).path("state").asText()).isEqualTo("ACTIVE");
        assertThat(Typed.run("keys", "list", "--data", data()).out()).doesNotContain(key);

        Path pem = folder.resolve("statements.pem");
        Typed exported = Typed.run("keys", "export", key, "--statements", "--out", pem.toString(), "--data", data());
        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(Files.readString(pem))
                .matches("-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=]{60}\n-----END PUBLIC KEY-----\n");
        assertThat(Typed.run("keys", "export", key, "--statements", "--data", data())
                        .out())
                .isEqualTo(Files.readString(pem));
        Typed ofTokens = Typed.run("keys", "export", key, "--data", data());
        assertThat(ofTokens.code()).isEqualTo(1);
        assertThat(ofTokens.err()).contains("--statements");
        Typed unknown = Typed.run("keys", "export", "no-such-key", "--statements", "--data", data());
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("no-such-key", "statement-keys", key);

        String stored = "statementKeyStore: fresh.p12%nstatementKeyPasswordFile: fresh.password%n".formatted();
        Path config = file("statement-keys.yaml", Files.readString(Path.of(keysConfig("kafka.yaml", true))) + stored);
        Typed rotated = Typed.run("keys", "rotate", "--statements", "--json", "--config", config.toString());
        assertThat(rotated.code()).as(rotated.err()).isZero();
        String fresh = json.readTree(rotated.out()).path("keyId").asText();
        assertThat(Typed.run("keys", "list", "--statements", "--data", data()).out())
                .contains(fresh, key);
        String before = Files.readString(pem);
        String[] over = {"keys", "export", fresh, "--statements", "--out", pem.toString(), "--data", data(), "--force"};
        Typed kept = Typed.run(Arrays.copyOf(over, over.length - 1));
        assertThat(kept.code()).isEqualTo(1);
        assertThat(kept.err().lines()).singleElement().asString().contains(pem.toString(), "--force");
        assertThat(pem).hasContent(before);
        assertThat(Typed.run(over).code()).isZero();
        assertThat(Files.readString(pem)).isNotEqualTo(before);
        Typed revoked = Typed.run("keys", "revoke", fresh, "--statements", "--reason", "test", "--data", data());
        assertThat(revoked.code()).as(revoked.err()).isZero();
    }

    @Test
    void aKeyThatCannotBeIsNamed() throws IOException {
        Typed unknown = Typed.run("keys", "revoke", "no-such-key", "--reason", "test", "--data", data());
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err().lines()).singleElement().asString().contains("no-such-key");

        Typed nowhere = Typed.run("keys", "rotate", "--config", keysConfig("nowhere.yaml", false));
        assertThat(nowhere.code()).isEqualTo(1);
        assertThat(nowhere.err().lines()).singleElement().asString().contains("nowhere.yaml", "tokenKeyStore");

        for (String[] wrong : new String[][] {{"--lasts", "PT0S"}, {"--in", "-PT1S"}, {"--lasts", "P4000D"}}) {
            Typed refused = Typed.run("keys", "rotate", wrong[0], wrong[1], "--data", data());
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains(wrong[0]);
        }
        assertThat(Typed.run("keys", "rotate", "--lasts", "soon", "--data", data())
                        .code())
                .isEqualTo(2);
        assertThat(Typed.run("keys", "--help").out()).contains("rotate", "publish", "list", "revoke");
    }

    @Test
    void aCertificateForACarrierThatNobodyKnowsIsIssuedWithAWarning() {
        String out = folder.resolve("nobody.pem").toString();
        Typed nobody = Typed.run("certs", "issue", "--for", "carrier.nobody", "--out", out, "--data", data());
        String known = folder.resolve("known.pem").toString();
        Typed acme = Typed.run("certs", "issue", "--for", "carrier.acme", "--out", known, "--data", data());

        assertThat(nobody.code()).as(nobody.err()).isZero();
        assertThat(nobody.err()).contains("warning: the clearinghouse knows no carrier 'nobody'");
        assertThat(acme.code()).as(acme.err()).isZero();
        assertThat(acme.err()).isEmpty();
    }

    @Test
    void aCallThatNobodyMadeIsOneLine() {
        Typed nothing = Typed.run("call", "show", "019ab0aa-5c00-7000-8000-00000000dead", "--data", data());

        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.err().lines()).singleElement().asString().contains("'administration'");
    }

    private static String keysConfig(String name, boolean withKeys) throws IOException {
        String kafka = Typed.kafka(
                endpoints.path("kafka").asText(),
                endpoints.path("registry").asText(),
                endpoints.path("trusted").asText(),
                endpoints.path("identity").asText());
        String keys = "tokenKeyStore: %s%ntokenKeyPasswordFile: %s%n"
                .formatted(
                        endpoints.path("tokenKeyStore").asText(),
                        endpoints.path("tokenKeyPasswordFile").asText());
        return file(name, withKeys ? kafka + keys : kafka).toString();
    }

    @Test
    void disputesOfACarrierThatDoesNotTakePartAreNotListed() {
        Typed nobody = Typed.run("disputes", "list", "--carrier", "nobody", "--data", data());
        Typed acme = Typed.run("disputes", "list", "--carrier", "acme", "--data", data());

        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err().lines())
                .singleElement()
                .asString()
                .contains("carrier 'nobody': there is no such carrier");
        assertThat(acme.code()).as(acme.err()).isZero();
    }

    @Test
    void aGatewayThatNobodyKnowsIsNamedWithItsLine() throws IOException {
        Path file = gateway("unknown.yaml", endpoints.path("kafka").asText(), "zenth-1", "127.0.0.1:0");

        Typed result = Typed.run("gateway", "--config", file.toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains(file + ":7:", "zenth-1");
    }

    /** The broker would let it do everything. */
    @Test
    void aGatewayDoesNotStartWithTheCertificateThatSetsTheClusterUp() throws IOException {
        Path file = gateway("setup.yaml", endpoints.path("kafka").asText(), "zenith-1", "127.0.0.1:0");
        Files.writeString(file, Files.readString(file).replace("gateway.zenith-1.pem", "setup.pem"));

        Typed result = Typed.run("gateway", "--config", file.toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains("setup.pem", "made out to 'setup'", "gateway.zenith-1");
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        String taken = endpoints.path("sip").path("acme").asText();
        Path file = gateway("taken.yaml", endpoints.path("kafka").asText(), "zenith-1", taken);

        Typed result = Typed.run("gateway", "--config", file.toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains(taken);
    }

    @Test
    void aKafkaThatIsNotThereIsNamed() throws IOException {
        Path file = gateway("dead.yaml", "127.0.0.1:1", "zenith-1", "127.0.0.1:0");

        Typed result = Typed.run("gateway", "--config", file.toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains("127.0.0.1:1");
    }

    @Test
    void aDirectoryInUseIsNamed() {
        Typed result = Typed.run("up", "--data", data());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains(data());
    }

    @Test
    void aPartySaysWhenItIsReadyAndShowsItsMetersWhereItsFileSays() throws IOException {
        int port = FreePort.any();
        String url = "http://127.0.0.1:" + port + "/metrics";
        Path file = gateway("shown.yaml", endpoints.path("kafka").asText(), "zenith-1", "127.0.0.1:0");
        Files.writeString(file, "metrics: {listen: '127.0.0.1:" + port + "'}\n", StandardOpenOption.APPEND);
        CompletableFuture<MetricsText> page = new CompletableFuture<>();

        Typed result = Typed.run(
                died -> {
                    try {
                        page.complete(MetricsText.fetch(url));
                    } catch (IOException | InterruptedException e) {
                        page.completeExceptionally(e);
                    }
                },
                "gateway",
                "--config",
                file.toString(),
                "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("READY {").contains("zenith-1", url);
        assertThat(page.join().sum("callclear_gateway_free_channels", "name", "zenith-1/g9"))
                .isEqualTo(500);
    }

    private static Path gateway(String name, String kafka, String gateway, String listen) throws IOException {
        return file(name, """
                kafka:
                  bootstrapServers: %s
                  registryUrl: %s
                  tls:
                    trusted: %s
                    identity: %s
                gateway: %s
                carrier: zenith
                instance: g9
                issuer: callclear.local
                listen: %s
                trunk: 127.0.0.1:5080
                data: data-%s
                """.formatted(
                        kafka,
                        endpoints.path("registry").asText(),
                        endpoints.path("trusted").asText(),
                        Path.of(data(), "pki", "gateway.zenith-1.pem"),
                        gateway,
                        listen,
                        name));
    }

    private static Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static String data() {
        return folder.resolve("data").toString();
    }
}
