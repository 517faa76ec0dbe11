package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.callclear.app.Main;
import org.callclear.clearinghouse.ClearinghouseConfig;
import org.callclear.gateways.pstn.SimulatedPstn;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.testkit.settlement.Posted;
import org.callclear.tokens.SigningKeySource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clearinghouse as a process of its own, killed with SIGKILL while calls arrive, and started again. */
@Tag("timed")
class ClearinghouseKilledTest {
    private static final int CALLS = 60;
    private static final Duration EVERY = Duration.ofMillis(200);
    private static final Duration NEVER_SILENT_BEYOND = Duration.ofSeconds(8);
    private static final String CALLED = "4930777000100";

    @Test
    void noCallIsLostAndNoCallerWaitsInSilence(@TempDir Path directory) throws Exception {
        try (EmbeddedGround ground = EmbeddedGround.start(directory.resolve("ground"));
                SimulatedPstn pstn = SimulatedPstn.start(WholeSystem.loopback());
                WholeSystem system = new WholeSystem(ground, directory.resolve("parties"), pstn.address(), false);
                Records records = new Records(ground, topic -> !topic.startsWith("_"));
                Phone phone = new Phone(system.sipAddress());
                Child first = Child.start(config(directory, system), directory.resolve("first.log"))) {
            Callers callers = new Callers(phone);
            callers.awaitOver(CALLS / 4);

            first.killHard();
            callers.awaitBegun(CALLS / 2);
            try (Child second = Child.start(config(directory, system), directory.resolve("second.log"))) {
                List<Integer> statuses = callers.awaitAll();

                assertThat(callers.longestSilence()).isLessThan(NEVER_SILENT_BEYOND);
                assertThat(statuses)
                        .hasSize(CALLS)
                        .allSatisfy(status -> assertThat(status).isIn(200, 503));
                long answered =
                        statuses.stream().filter(status -> status == 200).count();
                assertThat(answered).isGreaterThan(CALLS / 4);
                for (int after = 0; after < 10; after++) {
                    Phone.Ringing call = phone.call(CALLED);
                    assertThat(call.status.get(10, TimeUnit.SECONDS))
                            .as("call %d after the restart", after)
                            .isEqualTo(200);
                    call.hangUp();
                    answered++;
                }
                long paid = answered;
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(records.of(ReconciledCall.class)
                                        .filter(call -> call.getSettledMillis() != null)
                                        .map(ReconciledCall::getCallId)
                                        .distinct()
                                        .count())
                                .isEqualTo(paid));
                assertThat(records.of(CallDetailRecord.class)
                                .map(CallDetailRecord::getCallId)
                                .collect(Collectors.toSet()))
                        .as("every call left its records")
                        .hasSizeGreaterThanOrEqualTo(CALLS);
                assertThat(answeredReports(records))
                        .as("both sides of every answered call")
                        .hasSize((int) paid)
                        .allSatisfy((call, sides) -> assertThat(sides).isEqualTo(2L));
                assertThat(records.of(Dispute.class)).isEmpty();
                assertThat(records.postings(paid).stream().map(Posted::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                        .isEqualByComparingTo("0");
            }
        }
    }

    private static Map<String, Long> answeredReports(Records records) {
        return records.of(CallDetailRecord.class)
                .filter(cdr -> cdr.getAnsweredAt() != null)
                .collect(Collectors.groupingBy(CallDetailRecord::getCallId, Collectors.counting()));
    }

    /** Calls that begin at a steady rate, whatever becomes of the earlier ones; each hangs up when answered. */
    private static final class Callers {
        private final List<CompletableFuture<Integer>> statuses = new ArrayList<>();
        private final List<Long> silences = new ArrayList<>();
        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("callers").factory());
        private final ScheduledFuture<?> beat;
        private final Phone phone;

        Callers(Phone phone) {
            this.phone = phone;
            this.beat = clock.scheduleAtFixedRate(this::begin, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }

        private synchronized void begin() {
            if (statuses.size() == CALLS) {
                beat.cancel(false);
                return;
            }
            long began = System.nanoTime();
            Phone.Ringing call = phone.call(CALLED);
            statuses.add(call.status.thenApply(status -> {
                heard(System.nanoTime() - began);
                if (status == 200) {
                    call.hangUp();
                }
                return status;
            }));
        }

        private synchronized void heard(long silence) {
            silences.add(silence);
        }

        synchronized int begun() {
            return statuses.size();
        }

        private synchronized long over() {
            return statuses.stream().filter(CompletableFuture::isDone).count();
        }

        void awaitBegun(int calls) {
            await().atMost(Duration.ofSeconds(60)).until(() -> begun() >= calls);
        }

        void awaitOver(int calls) {
            await().atMost(Duration.ofSeconds(60)).until(() -> over() >= calls);
        }

        synchronized Duration longestSilence() {
            return Duration.ofNanos(
                    silences.stream().mapToLong(Long::longValue).max().orElseThrow());
        }

        List<Integer> awaitAll() throws Exception {
            awaitOver(CALLS);
            clock.shutdown();
            List<Integer> all = new ArrayList<>();
            for (CompletableFuture<Integer> status : statuses) {
                all.add(status.get(1, TimeUnit.SECONDS));
            }
            return all;
        }
    }

    private static Path config(Path directory, WholeSystem system) throws IOException {
        ClearinghouseConfig config = system.clearinghouse();
        KafkaAccess.Tls tls = java.util.Objects.requireNonNull(config.kafka().tls());
        SigningKeySource.File keys = (SigningKeySource.File) config.tokenKeys();
        return Files.writeString(directory.resolve("clearinghouse.yaml"), """
                kafka:
                  bootstrapServers: "%s"
                  registryUrl: "%s"
                  tls:
                    trusted: "%s"
                    identity: "%s"
                instance: %s
                issuer: %s
                tokenKeyStore: "%s"
                tokenKeyPasswordFile: "%s"
                """.formatted(
                        config.kafka().bootstrapServers(),
                        config.kafka().registryUrl(),
                        tls.trusted(),
                        tls.identity(),
                        config.instance(),
                        config.issuer(),
                        keys.pkcs12(),
                        keys.passwordFile()));
    }

    /** {@code callclear clearinghouse --config FILE} in a JVM of its own. */
    private static final class Child implements AutoCloseable {
        private final Process process;

        private Child(Process process) {
            this.process = process;
        }

        static Child start(Path config, Path log) throws IOException {
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-Xmx512m",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "clearinghouse",
                            "--config",
                            config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Child child = new Child(process);
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
                return Files.readString(log).contains("READY");
            });
            return child;
        }

        void killHard() throws InterruptedException {
            process.destroyForcibly();
            process.waitFor();
        }

        @Override
        public void close() throws Exception {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                killHard();
            }
        }
    }
}
