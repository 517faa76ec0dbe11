package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.callclear.app.reference.Checked;
import org.callclear.app.reference.LimitFile;
import org.callclear.app.reference.ReferenceData;
import org.callclear.app.reference.ReferenceTopics;
import org.callclear.app.reference.ReferenceUpdate;
import org.callclear.app.reference.ReferenceWriter;
import org.callclear.clearinghouse.Clearinghouse;
import org.callclear.clearinghouse.ClearinghouseConfig;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.AuthorizationDenied;
import org.callclear.schemas.avro.AuthorizationGranted;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.CallLimit;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.avro.GatewayState;
import org.callclear.schemas.avro.GatewayStatus;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.tokens.SigningKeySource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of the clearinghouse on a broker, a limit that is imported while calls go on, and a restart. */
@Tag("timed")
class LimitsOnKafkaTest {
    private static final String BERLIN = "4930777000100";
    private static final String HAMBURG = "4940777000100";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Within this time from its import a limit refuses the next call. */
    private static final Duration PROMISED = Duration.ofSeconds(1);
    /** Where a limit is imported one after the other. A machine that runs tests may stall once or twice. */
    private static final List<String> CITIES =
            List.of("4921777000100", "4951777000100", "4969777000100", "4971777000100", "4989777000100");

    private final SecureRandom random = new SecureRandom();

    @Test
    void aLimitImportedWhileCallsGoOnRefusesTheNextAtEveryInstanceAndAfterARestart(
            @TempDir Path directory, TestReporter reporter) throws Exception {
        try (EmbeddedGround ground = EmbeddedGround.start(directory);
                Scene scene = new Scene(ground)) {
            try (Clearinghouse first = Clearinghouse.start(config(ground, "ch1"));
                    Clearinghouse second = Clearinghouse.start(config(ground, "ch2"))) {
                for (int i = 0; i < 12; i++) { // on all partitions, so at both instances
                    granted(scene.ask(World.ACME, BERLIN));
                }

                scene.importLimits("acme,4930,,3,,,");
                AuthorizationDenied struck = scene.untilDenied(BERLIN);

                assertThat(struck.getReason()).isEqualTo(DenialReason.LIMIT_CONCURRENT_CALLS);
                assertThat(struck.getDetail()).contains("limit acme/4930").contains("at most 3");
                for (int i = 0; i < 12; i++) { // whichever instance has it
                    assertThat(denied(scene.ask(World.ACME, BERLIN)).getReason())
                            .isEqualTo(DenialReason.LIMIT_CONCURRENT_CALLS);
                }
                granted(scene.ask(World.ACME, HAMBURG));
                granted(scene.ask(World.LUMEN, BERLIN));
                assertThat(first.limitStrikes().size() + second.limitStrikes().size())
                        .as("both have refused")
                        .isEqualTo(2);
                assertThat(median(scene.untilLimitsStrike(reporter))).isLessThan(PROMISED);
            }
            try (Clearinghouse restarted = Clearinghouse.start(config(ground, "ch1"))) {
                denied(scene.ask(World.ACME, BERLIN));
                granted(scene.ask(World.ACME, HAMBURG));

                scene.reportAllOver(BERLIN);

                await().atMost(PATIENCE).until(() -> scene.ask(World.ACME, BERLIN) instanceof AuthorizationGranted);
                assertThat(restarted.unusableJournalRecords()).isZero();
            }
        }
    }

    private static Duration median(List<Duration> odd) {
        return odd.stream().sorted().toList().get(odd.size() / 2);
    }

    private static AuthorizationGranted granted(SpecificRecord answer) {
        assertThat(answer).isInstanceOf(AuthorizationGranted.class);
        return (AuthorizationGranted) answer;
    }

    private static AuthorizationDenied denied(SpecificRecord answer) {
        assertThat(answer).isInstanceOf(AuthorizationDenied.class);
        return (AuthorizationDenied) answer;
    }

    private static ClearinghouseConfig config(Ground ground, String instance) {
        return new ClearinghouseConfig(
                ground.accessFor(Party.of(Party.Kind.CLEARINGHOUSE)),
                instance,
                World.ISSUER,
                new SigningKeySource.File(ground.tokenKeyStore(), ground.tokenKeyPasswordFile()),
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30));
    }

    /** The other parties, as far as the clearinghouse hears of them. */
    private final class Scene implements AutoCloseable {
        private final Ground ground;
        private final Producer<String, SpecificRecord> everybody;
        private final Records answers;
        private final Map<String, String> granted = new java.util.LinkedHashMap<>();
        private final ScheduledExecutorService hearts = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("hearts").factory());

        Scene(Ground ground) {
            this.ground = ground;
            World.publish(ground);
            everybody = RecordProducer.open(ground.accessFor(Party.of(Party.Kind.SETUP)), "everybody");
            answers = new Records(ground, topic -> topic.endsWith(".authorization-responses"));
            send(
                    Topic.CONTRACTS.topic(),
                    "lumen-out",
                    Contract.newBuilder()
                            .setId("lumen-out")
                            .setCarrier(World.LUMEN.value())
                            .setSide(Role.ORIGINATING)
                            .setCurrency("EUR")
                            .setDeck("acme-originating")
                            .setRevision(1)
                            .build());
            var unused = hearts.scheduleAtFixedRate(this::beat, 0, 1, TimeUnit.SECONDS);
        }

        private KafkaAccess administration() {
            return ground.accessFor(Party.of(Party.Kind.ADMINISTRATION));
        }

        private void beat() {
            send(
                    Topic.GATEWAY_STATUS.of(World.ZENITH_1),
                    "zenith-1",
                    new GatewayStatus(
                            "zenith-1", "zenith", "g1", GatewayState.UP, 500, 0, Instant.now(), Map.of(), null));
        }

        private void send(String topic, String key, SpecificRecord record) {
            var unused = everybody.send(new ProducerRecord<>(topic, key, record));
        }

        SpecificRecord ask(CarrierId carrier, String called) {
            Instant now = Instant.now();
            CallId id = CallId.mint(now, random);
            send(
                    Topic.AUTHORIZATION_REQUESTS.of(carrier),
                    id.toString(),
                    new AuthorizationRequest(
                            id.toString(), "sip", carrier.value(), "p1", WholeSystem.NUMBER, called, now, 3));
            SpecificRecord answer = await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> answer(id), Optional::isPresent)
                    .orElseThrow();
            if (answer instanceof AuthorizationGranted && carrier.equals(World.ACME)) {
                granted.put(id.toString(), called);
            }
            return answer;
        }

        private Optional<SpecificRecord> answer(CallId id) {
            return java.util.stream.Stream.<SpecificRecord>concat(
                            answers.of(AuthorizationGranted.class)
                                    .filter(one -> one.getCallId().equals(id.toString())),
                            answers.of(AuthorizationDenied.class)
                                    .filter(one -> one.getCallId().equals(id.toString())))
                    .findFirst();
        }

        /** From the import of each limit to the first call that it refuses. */
        List<Duration> untilLimitsStrike(TestReporter reporter) {
            List<Duration> took = new ArrayList<>();
            for (String city : CITIES) {
                granted(ask(World.ACME, city));
                Instant imported = importLimits("acme," + city.substring(0, 4) + ",,0,,,");
                took.add(Duration.between(imported, untilDenied(city).getDecidedAt()));
            }
            reporter.publishEntry("limits struck after their import", took.toString());
            return took;
        }

        AuthorizationDenied untilDenied(String called) {
            return (AuthorizationDenied) await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> ask(World.ACME, called), AuthorizationDenied.class::isInstance);
        }

        /** As {@code limits import} does; returns when it was committed. */
        Instant importLimits(String rows) {
            byte[] file =
                    ("carrier,prefix,max_calls_per_second,max_concurrent_calls,max_cost_per_hour,currency,action\n"
                                    + rows + "\n")
                            .getBytes(StandardCharsets.UTF_8);
            try (ReferenceWriter writer = ReferenceWriter.open(administration())) {
                ReferenceData known = ReferenceTopics.read(administration());
                Checked<List<CallLimit>> checked = LimitFile.read("limits.csv", file, known);
                assertThat(checked).isInstanceOf(Checked.Good.class);
                writer.write(ReferenceUpdate.limits(((Checked.Good<List<CallLimit>>) checked).value(), known));
                return Instant.now();
            }
        }

        /** As intake writes the originating side's reports. */
        void reportAllOver(String called) {
            granted.forEach((call, number) -> {
                if (number.equals(called)) {
                    send(Topic.SETTLEMENT_JOURNAL.topic(), call, report(call, called));
                }
            });
        }

        private static AcceptedCdr report(String call, String called) {
            Instant now = Instant.now();
            CallDetailRecord cdr = CallDetailRecord.newBuilder()
                    .setCallId(call)
                    .setLeg(1)
                    .setRole(Role.ORIGINATING)
                    .setOriginatingCarrier("acme")
                    .setCalling(WholeSystem.NUMBER)
                    .setCalled(called)
                    .setSetupAt(now)
                    .setAnsweredAt(now)
                    .setEndedAt(now)
                    .setSipStatus(200)
                    .setQ850Cause(16)
                    .setReleaseSource(ReleaseSource.CALLER)
                    .build();
            return AcceptedCdr.newBuilder()
                    .setReporter("acme")
                    .setCdr(cdr)
                    .setSourceTopic("carrier.acme.cdrs")
                    .setSourcePartition(0)
                    .setSourceOffset(0)
                    .setAcceptedAt(now)
                    .build();
        }

        @Override
        public void close() {
            hearts.shutdownNow();
            answers.close();
            everybody.close(Duration.ofSeconds(5));
        }
    }
}
