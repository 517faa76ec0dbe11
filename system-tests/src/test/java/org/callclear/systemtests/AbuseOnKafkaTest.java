package org.callclear.systemtests;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.callclear.testkit.settlement.CallStory.aCall;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.callclear.app.settling.DisputeBook;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.Irregularity;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.settlement.Settlement;
import org.callclear.settlement.SettlementConfig;
import org.callclear.settlement.stages.StoreKind;
import org.callclear.testkit.settlement.CallStory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A carrier with its own certificate, on its own topic, claims the call of two others: nothing of it is paid, and the reports say why. */
class AbuseOnKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Party ATTACKER = Party.gateway(World.LUMEN_1);
    private static final String ITS_OWN = Topic.CDRS.of(World.LUMEN);

    private final Instant answered = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);

    @TempDir
    Path directory;

    @Test
    void aCallOfTwoOthersIsPaidToThemAndTheClaimIsNamed() {
        try (EmbeddedGround ground = EmbeddedGround.start(directory.resolve("data"));
                Records records = new Records(ground, name -> true);
                Settlement settlement = settlement(ground)) {
            World.publish(ground);
            attack(ground);
            send(ground, Party.of(Party.Kind.CLEARINGHOUSE), Topic.SETTLEMENT_JOURNAL.topic(), call().grant());
            send(ground, Party.proxyOf(World.ACME), Topic.CDRS.of(World.ACME), call().originating());
            send(ground, Party.gateway(World.ZENITH_1), Topic.CDRS.of(World.ZENITH), call().terminating());

            await().atMost(PATIENCE)
                    .until(() -> records.postings().count() == 3
                            && records.of(Dispute.class).count() == 1
                            && records.of(RejectedRecord.class).count() == 2);

            assertTheOthersArePaid(records);
            assertTheReportsSayWhy(ground, records);
            assertThat(settlement.ended()).isNotDone();
        }
    }

    private CallStory call() {
        return aCall("of others").answeredAt(answered);
    }

    private void attack(Ground ground) {
        CallDetailRecord copied = CallDetailRecord.newBuilder(call().terminating())
                .setTerminatingCarrier("lumen")
                .setGateway("lumen-1")
                .build();
        send(ground, ATTACKER, ITS_OWN, copied);
        send(ground, ATTACKER, ITS_OWN, call().terminating());
        send(ground, ATTACKER, ITS_OWN, notOverYet(copied));
        assertThatThrownBy(() -> send(ground, ATTACKER, Topic.CDRS.of(World.ZENITH), call().terminating()))
                .hasRootCauseInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> send(ground, ATTACKER, Topic.SETTLEMENT_JOURNAL.topic(), call().grant()))
                .hasRootCauseInstanceOf(TopicAuthorizationException.class);
    }

    private static CallDetailRecord notOverYet(CallDetailRecord cdr) {
        return CallDetailRecord.newBuilder(cdr)
                .setEndedAt(Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    private static void assertTheOthersArePaid(Records records) {
        Map<String, BigDecimal> accounts = new TreeMap<>();
        records.postings().forEach(line -> accounts.merge(line.account(), line.amount(), BigDecimal::add));
        assertThat(accounts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("0");
        assertThat(accounts).containsOnlyKeys("carrier:acme", "carrier:zenith", "clearinghouse:fee");
        assertThat(accounts.get("carrier:acme")).isEqualByComparingTo("0.012");
        assertThat(accounts.get("carrier:zenith")).isEqualByComparingTo("-0.010");
    }

    private void assertTheReportsSayWhy(Ground ground, Records records) {
        Dispute dispute = DisputeBook.read(ground.accessFor(Party.of(Party.Kind.ADMINISTRATION)))
                .latest(call().callId() + "/1/TERMINATING/lumen")
                .orElseThrow();
        assertThat(dispute.getReconciliation()).isEqualTo(ReconciliationClass.UNAUTHORIZED);
        assertThat(dispute.getIrregularities()).containsExactly(Irregularity.REPORTER_NOT_GRANTED);
        assertThat(dispute.getDetail()).contains("lumen").contains("leg 1");
        assertThat(requireNonNull(dispute.getEvidence().getFirst()).getReporter())
                .isEqualTo("lumen");
        assertThat(records.of(RejectedRecord.class))
                .allSatisfy(record -> assertThat(record.getSourceTopic()).isEqualTo(ITS_OWN))
                .extracting(RejectedRecord::getReason, RejectedRecord::getField)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("INVALID_FIELD", "terminatingCarrier"),
                        org.assertj.core.groups.Tuple.tuple("INVALID_FIELD", "endedAt"));
    }

    private void send(Ground ground, Party party, String topic, SpecificRecord value) {
        try (Producer<String, SpecificRecord> producer =
                RecordProducer.open(ground.accessFor(party), "test-" + party)) {
            var unused = producer.send(new ProducerRecord<>(topic, call().callId(), value))
                    .get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Settlement settlement(Ground ground) {
        return Settlement.start(new SettlementConfig(
                ground.accessFor(Party.of(Party.Kind.SETTLEMENT)),
                directory.resolve("state"),
                PeriodLength.MONTH,
                ZoneOffset.UTC,
                1,
                Duration.ofMillis(100),
                StoreKind.ON_DISK));
    }
}
