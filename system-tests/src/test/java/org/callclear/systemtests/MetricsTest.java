package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.ThrowingConsumer;
import org.callclear.app.demo.Demo;
import org.callclear.app.demo.Outcome;
import org.callclear.app.machine.Machine;
import org.callclear.app.machine.MachineSettings;
import org.callclear.app.machine.Progress;
import org.callclear.app.machine.RunningFile;
import org.callclear.app.stack.StackPorts;
import org.callclear.schemas.avro.AuthorizationDenied;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.SetupRejected;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordProducer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten calls through the whole system, four of them in vain, and a token shown a second time: what each party says it counted is
 * what a stranger counts on Kafka.
 */
@SuppressWarnings("NullAway.Init") // JUnit's
@Tag("timed")
class MetricsTest {
    private static final int CALLS = 10;
    private static final Duration COUNTED_WITHIN = Duration.ofSeconds(30);
    private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z_]+)` \\| ([a-z]+) \\|.*");

    @TempDir
    private static Path data;

    private static Machine machine;
    private static Records records;
    private static Outcome outcome;

    @BeforeAll
    static void tenCallsAndATokenShownTwice() throws Exception {
        machine = Machine.start(new MachineSettings(data, StackPorts.REMEMBERED, 0), new Progress(line -> {}));
        KafkaAccess setup = RunningFile.setup(data);
        records = new Records(new Running(setup), topic -> !topic.startsWith("_"));
        outcome = new Demo(machine, new Progress(line -> {}), Clock.systemUTC()).run(CALLS);
        showAgain(setup);
    }

    @AfterAll
    static void stop() {
        if (records != null) {
            records.close();
        }
        if (machine != null) {
            machine.close();
        }
    }

    /** Somebody who has read a set-up, and may write where proxies write, sends it once more. */
    private static void showAgain(KafkaAccess setup) throws Exception {
        Records.Placed last = await().until(
                        () -> records.placed().stream()
                                .filter(placed -> placed.value() instanceof SetupRequested)
                                .reduce((earlier, later) -> later)
                                .orElse(null),
                        Objects::nonNull);
        SetupRequested again = SetupRequested.newBuilder((SetupRequested) last.value())
                .setDeadline(Instant.now().plusSeconds(5).truncatedTo(ChronoUnit.MILLIS))
                .build();
        KafkaAccess.Tls tls = Objects.requireNonNull(setup.tls());
        KafkaAccess proxy = new KafkaAccess(
                setup.bootstrapServers(),
                setup.registryUrl(),
                new KafkaAccess.Tls(tls.trusted(), data.resolve("pki").resolve("proxy.acme.pem")));
        try (var producer = RecordProducer.open(proxy, "stranger")) {
            producer.send(new ProducerRecord<String, SpecificRecord>(
                            last.place().topic(), last.place().key(), again))
                    .get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void theClearinghouseCountsWhatItDecided() {
        shown(page -> {
            long granted = count(Grant.class);
            long denied = count(AuthorizationDenied.class);
            assertThat(granted + denied).isEqualTo(CALLS);
            assertThat(page.sum("callclear_clearinghouse_grants_total")).isEqualTo(granted);
            assertThat(page.sum("callclear_clearinghouse_denials_total")).isEqualTo(denied);
            records.of(AuthorizationDenied.class)
                    .collect(Collectors.groupingBy(AuthorizationDenied::getReason, Collectors.counting()))
                    .forEach((reason, times) -> assertThat(
                                    page.sum("callclear_clearinghouse_denials_total", "reason", reason.name()))
                            .isEqualTo(times));
            assertThat(stages(page, "SIGNED")).isEqualTo(granted);
            assertThat(stages(page, "JOURNALED")).isEqualTo(granted);
            assertThat(stages(page, "DECIDED")).isEqualTo(CALLS);
            long repeated = page.sum("callclear_clearinghouse_answers_repeated_total");
            assertThat(stages(page, "ANSWERED")).isEqualTo(CALLS + repeated);
            assertThat(stages(page, "WAITED")).isEqualTo(CALLS + repeated);
            assertThat(page.sum("callclear_clearinghouse_open_calls")).isZero();
        });
    }

    @Test
    void theProxyCountsWhatItsCallersHeard() {
        shown(page -> {
            assertThat(page.sum("callclear_proxy_calls_total", "name", "acme/p1"))
                    .isEqualTo(CALLS);
            assertThat(page.sum("callclear_proxy_calls_total", "outcome", "ANSWERED"))
                    .isEqualTo(outcome.answered());
            assertThat(page.sum("callclear_proxy_calls_total", "outcome", "DENIED"))
                    .isEqualTo(count(AuthorizationDenied.class));
            assertThat(page.sum("callclear_proxy_responses_total", "status", "200"))
                    .isEqualTo(outcome.answered());
            assertThat(page.sum("callclear_proxy_responses_total", "status", "486"))
                    .as("one number is busy")
                    .isOne();
            assertThat(page.sum("callclear_proxy_responses_total", "status", "487"))
                    .as("one caller gave up")
                    .isOne();
            assertThat(page.sum("callclear_proxy_stage_seconds_count", "stage", "AUTHORIZATION"))
                    .isEqualTo(CALLS);
            assertThat(page.sum("callclear_proxy_stage_seconds_count", "stage", "ANSWER"))
                    .isEqualTo(outcome.answered());
            assertThat(page.sum("callclear_proxy_stage_seconds_count", "stage", "RINGING"))
                    .isBetween(outcome.answered() + 1L, count(Grant.class));
            assertThat(page.sum("callclear_proxy_attempts_total"))
                    .as("all set-ups but the stranger's")
                    .isEqualTo(count(SetupRequested.class) - 1);
            assertThat(page.sum("callclear_proxy_sip_total", "name", "acme/p1", "what", "CHALLENGES"))
                    .as("callers are asked for their password")
                    .isPositive();
            assertThat(page.sum("callclear_proxy_open_calls")).isZero();
            assertThat(page.sum("callclear_proxy_reports_unsent")).isZero();
        });
    }

    @Test
    void gatewaysCountTokensAndWhomTheyLetIn() {
        shown(page -> {
            long setups = count(SetupRequested.class);
            SetupRejected rejected = records.of(SetupRejected.class).findFirst().orElseThrow();
            assertThat(count(SetupRejected.class)).isOne();
            assertThat(page.sum("callclear_gateway_setups_let_in_total")).isEqualTo(setups - 1);
            assertThat(page.sum("callclear_gateway_setups_refused_total")).isOne();
            assertThat(page.sum(
                            "callclear_gateway_setups_refused_total",
                            "reason",
                            rejected.getRefusal().name()))
                    .isOne();
            assertThat(page.sum(
                            "callclear_gateway_token_refusals_total",
                            "reason",
                            rejected.getRefusal().name()))
                    .isOne();
            assertThat(page.sum("callclear_gateway_token_refusals_total")).isOne();
            assertThat(page.sum("callclear_gateway_token_check_seconds_count")).isEqualTo(setups);
            assertThat(page.sum("callclear_gateway_used_tokens")).isEqualTo(setups - 1);
            assertThat(page.sum("callclear_gateway_open_calls")).isZero();
            assertThat(page.sum("callclear_gateway_reports_unsent")).isZero();
        });
    }

    @Test
    void settlementCountsWhatCameInAndWhatItPosted() {
        shown(page -> {
            assertThat(page.sum("callclear_settlement_intake_records_total", "topic", "CDRS"))
                    .isEqualTo(count(CallDetailRecord.class));
            assertThat(page.sum("callclear_settlement_intake_records_total", "topic", "COMMANDS"))
                    .isEqualTo(1);
            assertThat(page.sum("callclear_settlement_intake_rejected_total")).isZero();
            assertThat(page.sum("callclear_settlement_job_records_in_total")).isEqualTo(on(Topic.SETTLEMENT_JOURNAL));
            assertThat(page.sum("callclear_settlement_job_records_out_total", "topic", "postings"))
                    .isEqualTo(count(LedgerEntry.class));
            assertThat(page.sum("callclear_settlement_job_records_out_total", "topic", "reconciled-calls"))
                    .isEqualTo(count(ReconciledCall.class));
            assertThat(page.sum("callclear_settlement_statements_total")).isEqualTo(count(Statement.class));
            assertThat(page.sum("callclear_settlement_seal_seconds_count")).isPositive();
            assertThat(page.sum("callclear_settlement_job_state", "state", "RUNNING"))
                    .isOne();
            assertThat(page.sum("callclear_settlement_job_state")).isOne();
            assertThat(count(Statement.class)).isPositive();
        });
    }

    @Test
    void nobodyIsBehindAndTheJvmIsThere() {
        shown(page -> {
            assertThat(page.sum("callclear_lag_records", "reader", "REQUESTS")).isZero();
            assertThat(page.sum("callclear_lag_records", "reader", "INTAKE")).isZero();
            assertThat(page.sum("callclear_lag_records", "reader", "STREAM_JOB"))
                    .isZero();
            assertThat(page.sum("jvm_memory_used_bytes", "area", "heap")).isPositive();
            assertThat(page.sum("jvm_threads_live_threads")).isPositive();
        });
    }

    @Test
    void noLabelNamesACallANumberOrASecret() throws Exception {
        Set<String> secrets = new TreeSet<>();
        records.of(Grant.class).forEach(grant -> {
            secrets.add(grant.getCallId());
            secrets.add(grant.getSipCallId());
            secrets.add(grant.getCalling());
            secrets.add(grant.getCalled());
            grant.getRoutes().forEach(route -> secrets.add(route.getTransactionId()));
            grant.getRoutes().forEach(route -> secrets.add(route.getKeyId()));
        });
        records.of(SetupRequested.class).forEach(setup -> secrets.add(setup.getToken()));
        MetricsText page = page();

        assertThat(secrets).hasSizeGreaterThan(CALLS);
        secrets.forEach(secret -> assertThat(page.text()).doesNotContain(secret));
        assertThat(page.samples())
                .allSatisfy(sample -> sample.labels().forEach((label, value) -> {
                    if (!label.equals("le")) {
                        assertThat(value).as(sample.name() + " " + label).doesNotContainPattern("[0-9]{4}");
                    }
                }));
    }

    @Test
    void theNumberOfSeriesDoesNotGrowWithCalls() throws Exception {
        assertThat(page().samples()).hasSizeLessThan(2_000);
    }

    @Test
    void theDocumentListsWhatThereIs() throws Exception {
        SortedMap<String, String> there = new TreeMap<>(page().types());
        there.keySet().removeIf(name -> name.endsWith("_max") && there.containsKey(name.replaceAll("_max$", "")));
        SortedMap<String, String> listed = new TreeMap<>();
        try (Stream<String> lines = Files.lines(DOCUMENT)) {
            lines.map(ROW::matcher).filter(Matcher::matches).forEach(row -> listed.put(row.group(1), row.group(2)));
        }

        assertThat(there.entrySet()).as("all that is there is listed").isSubsetOf(listed.entrySet());
        // The JVM's are there once they have something to tell, such as a pause.
        listed.keySet().removeIf(name -> name.startsWith("jvm_") && !there.containsKey(name));
        assertThat(listed).isEqualTo(there);
    }

    @Test
    void aForeignReaderFindsNoFaultInIt() throws Exception {
        assumeTrue(hasPromtool(), "\n*** SKIPPED: promtool is not installed (Debian package prometheus) ***\n");
        Path file = Files.writeString(data.resolve("page.txt"), page().text());
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectInput(file.toFile())
                .redirectErrorStream(true)
                .start();

        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor()).as(said).isZero();
        Files.writeString(file, "callclear_broken{ 1\n");
        Process broken = new ProcessBuilder("promtool", "check", "metrics")
                .redirectInput(file.toFile())
                .redirectErrorStream(true)
                .start();
        broken.getInputStream().readAllBytes();
        assertThat(broken.waitFor()).as("it does look").isNotZero();
    }

    private static boolean hasPromtool() throws InterruptedException {
        try {
            return new ProcessBuilder("promtool", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            System.err.println("\n*** SKIPPED: promtool is not installed (Debian package prometheus) ***\n");
            return false;
        }
    }

    private static void shown(ThrowingConsumer<MetricsText> what) {
        await().atMost(COUNTED_WITHIN).untilAsserted(() -> what.accept(page()));
    }

    private static MetricsText page() throws IOException, InterruptedException {
        return MetricsText.fetch(machine.endpoints().path("metrics").asText());
    }

    private static long stages(MetricsText page, String stage) {
        return page.sum("callclear_clearinghouse_stage_seconds_count", "stage", stage);
    }

    private static long count(Class<? extends SpecificRecord> type) {
        return records.of(type).count();
    }

    private static long on(Topic topic) {
        return records.placed().stream()
                .filter(placed -> placed.place().topic().equals(topic.topic()))
                .count();
    }

    /** A machine's Kafka, for those who look on. */
    private record Running(KafkaAccess setup) implements Ground {
        @Override
        public KafkaAccess accessFor(Party party) {
            return setup;
        }

        @Override
        public Path tokenKeyStore() {
            throw new UnsupportedOperationException("nobody signs here");
        }

        @Override
        public Path tokenKeyPasswordFile() {
            throw new UnsupportedOperationException("nobody signs here");
        }

        @Override
        public void close() {}
    }
}
