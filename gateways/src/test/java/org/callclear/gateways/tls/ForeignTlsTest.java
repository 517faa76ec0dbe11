package org.callclear.gateways.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.callclear.sip.agent.SipUserAgent;
import org.callclear.testkit.sipp.Sipp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS of another make: OpenSSL by hand, and sipp behind stunnel. */
class ForeignTlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OPTIONS = """
            OPTIONS sip:127.0.0.1 SIP/2.0
            Via: SIP/2.0/TLS p.invalid;branch=z9hG4bK%d
            Max-Forwards: 70
            From: <sip:p@p.invalid>;tag=1
            To: <sip:127.0.0.1>
            Call-ID: o%d
            CSeq: 1 OPTIONS
            Content-Length: 0

            """;

    @TempDir
    private Path directory = Path.of("unset");

    private TlsGround ground;
    private SipUserAgent edge;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void start() {
        ground = new TlsGround(directory);
        edge = ground.edge();
    }

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
        ground.close();
    }

    private static void need(String program, String debianPackage) {
        boolean there =
                Stream.of("/usr/bin/", "/usr/local/bin/").anyMatch(dir -> Files.isExecutable(Path.of(dir + program)));
        if (!there) {
            System.err.println(
                    "\n*** SKIPPED: " + program + " is not installed (Debian package " + debianPackage + ") ***\n");
        }
        assumeTrue(there, program + " is not installed");
    }

    private InetSocketAddress tls() {
        return Objects.requireNonNull(edge.tlsAddress());
    }

    private Process start(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        started.add(process);
        return process;
    }

    private Process openssl(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + tls().getPort(),
                "-CAfile",
                ground.authority.trusted().toString(),
                "-verify_return_error",
                "-verify_ip",
                "127.0.0.1"));
        command.addAll(List.of(more));
        return start(command.toArray(String[]::new));
    }

    private static void say(Process process, String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    /** Reads until a line begins like this. */
    private static void awaitLine(Process process, String start) throws Exception {
        BufferedReader reader = process.inputReader(StandardCharsets.ISO_8859_1);
        CompletableFuture<Boolean> found =
                CompletableFuture.supplyAsync(() -> reader.lines().anyMatch(line -> line.startsWith(start)));
        assertThat(found.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(start).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslVerifiesUsAndIsServed(String version) throws Exception {
        need("openssl", "openssl");
        Process client = openssl(version, "-quiet", "-crlf");

        say(client, OPTIONS.formatted(1, 1));

        awaitLine(client, "SIP/2.0 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-tls1_1 -cipher DEFAULT@SECLEVEL=0",
                "-tls1 -cipher DEFAULT@SECLEVEL=0",
                "-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA",
                "-tls1_2 -cipher aNULL@SECLEVEL=0"
            })
    void oldVersionsAndWeakCiphersAreRefused(String arguments) throws Exception {
        need("openssl", "openssl");
        Process client = openssl(arguments.split(" "));

        assertThat(client.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(client.exitValue()).isNotZero();
        Process good = openssl("-quiet", "-crlf");
        say(good, OPTIONS.formatted(2, 2));
        awaitLine(good, "SIP/2.0 200 ");
    }

    /** OpenSSL's client begins a second handshake at a line of R. */
    @Test
    void aSecondHandshakeEndsTheConnection() throws Exception {
        need("openssl", "openssl");
        Process client = openssl("-tls1_2", "-crlf");
        say(client, OPTIONS.formatted(3, 3));
        awaitLine(client, "SIP/2.0 200 ");

        say(client, "R\n");

        assertThat(client.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(client.exitValue()).isNotZero();
    }

    @Test
    void sippCallsThroughStunnel() throws Exception {
        need("stunnel4", "stunnel4");
        assumeTrue(Sipp.isInstalled());
        int port = freePort();
        Path config = directory.resolve("stunnel.conf");
        Files.writeString(
                config,
                "foreground = yes\npid =\n[sips]\nclient = yes\naccept = 127.0.0.1:" + port + "\nconnect = 127.0.0.1:"
                        + tls().getPort() + "\nverifyChain = yes\nCAfile = " + ground.authority.trusted()
                        + "\ncheckIP = 127.0.0.1\n");
        start("stunnel4", config.toString());
        await().atMost(PATIENCE).until(() -> isListening(port));
        InetSocketAddress tunnel = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (Sipp callers = Sipp.callersByTcp(
                directory.resolve("sipp"),
                new Sipp.Callers(tunnel, freePort(), "alice", "wonder", "4940123", 20, 10, Duration.ofMillis(200)))) {
            Sipp.Result result = callers.await(PATIENCE);

            assertThat(result.exitCode()).as(result.screen()).isZero();
            assertThat(ground.calls).hasSize(20).allMatch(call -> "alice".equals(call.user()));
        }
    }

    private static boolean isListening(int port) {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port);
                InputStream in = probe.getInputStream()) {
            return in != null;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
