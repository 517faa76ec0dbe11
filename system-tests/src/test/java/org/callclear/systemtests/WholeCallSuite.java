package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.gateways.pstn.SimulatedPstn;
import org.callclear.schemas.avro.CallAttempt;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.ClosePeriod;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.topics.CallRates;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Quota;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.testkit.settlement.Posted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What must hold on any real Kafka: the same class runs on the embedded broker and on a container. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("timed")
abstract class WholeCallSuite {
    private static final Duration SOON = Duration.ofSeconds(20);

    private Ground ground;
    private SimulatedPstn pstn;
    private WholeSystem system;
    private Phone phone;
    private Records records;

    /** The Kafka under test, with topics and schemas. */
    abstract Ground ground(Path directory) throws Exception;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        ground = ground(directory.resolve("ground"));
        pstn = SimulatedPstn.start(WholeSystem.loopback());
        system = new WholeSystem(ground, directory.resolve("parties"), pstn.address(), true);
        phone = new Phone(system.sipAddress());
        records = new Records(ground, topic -> !topic.startsWith("_") && !topic.startsWith("streams-"));
    }

    @AfterAll
    void stop() {
        for (AutoCloseable part : new AutoCloseable[] {records, phone, system, pstn, ground}) {
            if (part != null) {
                try {
                    part.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @Test
    @Order(1)
    void anAnsweredCallIsPaidOnBothSides() throws Exception {
        String called = "4930777000100";

        Phone.Ringing call = phone.call("+" + called);
        assertThat(call.status.get(15, TimeUnit.SECONDS)).isEqualTo(200);
        call.hangUp();

        ReconciledCall settled = await().atMost(SOON)
                .until(() -> reconciled(called), found -> !found.isEmpty())
                .getFirst();
        assertThat(settled.getReconciliation())
                .isIn(ReconciliationClass.MATCHED, ReconciliationClass.MATCHED_WITHIN_TOLERANCE);
        assertThat(settled.getTerminatingCarrier()).isEqualTo("zenith");
        List<Posted> postings =
                await().atMost(SOON).until(() -> postings(settled.getCallId()), found -> found.size() == 3);
        assertThat(sum(postings)).isEqualByComparingTo("0");
        assertThat(postings)
                .extracting(Posted::account)
                .containsExactlyInAnyOrder("carrier:acme", "carrier:zenith", "clearinghouse:fee");
        assertThat(pstn.callsTo(new E164Number(called))).isEqualTo(1);
    }

    @Test
    @Order(2)
    void aCalledPartyThatHangsUpEndsTheCallForTheCaller() throws Exception {
        Phone.Ringing call = phone.call("4930777000196");

        assertThat(call.status.get(15, TimeUnit.SECONDS)).isEqualTo(200);
        assertThat(call.ended.get(15, TimeUnit.SECONDS)).isNotNull();
        await().atMost(SOON).until(() -> !reconciled("4930777000196").isEmpty());
    }

    @Test
    @Order(3)
    void aBusySubscriberIsFinalAndIsAnAttemptOnBothSides() throws Exception {
        String called = "4930777000191";

        Phone.Ringing call = phone.call(called);

        assertThat(call.status.get(15, TimeUnit.SECONDS)).isEqualTo(486);
        await().atMost(SOON).untilAsserted(() -> assertThat(cdrs(called)).hasSize(2));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(records.of(CallAttempt.class)
                                .filter(attempt -> attempt.getSipStatus() == 486)
                                .map(CallAttempt::getReporter))
                        .contains("acme", "zenith"));
        assertThat(pstn.callsTo(new E164Number(called))).isEqualTo(1);
    }

    @Test
    @Order(4)
    void aCongestedGatewayMakesTheProxyHuntThroughAllOfThemWithATokenEach() throws Exception {
        String called = "4930777000195";

        Phone.Ringing call = phone.call(called);

        assertThat(call.status.get(15, TimeUnit.SECONDS)).isEqualTo(503);
        await().atMost(SOON).untilAsserted(() -> assertThat(cdrs(called)).hasSize(6));
        Map<Integer, List<CallDetailRecord>> byLeg =
                cdrs(called).stream().collect(Collectors.groupingBy(CallDetailRecord::getLeg));
        assertThat(byLeg.keySet()).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(byLeg.values())
                .allSatisfy(sides -> assertThat(sides)
                        .extracting(CallDetailRecord::getTransactionId)
                        .containsOnly(sides.getFirst().getTransactionId()));
        assertThat(cdrs(called)).extracting(CallDetailRecord::getTransactionId).doesNotContainNull();
        assertThat(byLeg.get(3))
                .extracting(CallDetailRecord::getTerminatingCarrier)
                .containsOnly("lumen");
    }

    @Test
    @Order(5)
    void aNumberNobodyServesIsRefusedAndReportedOnce() throws Exception {
        Phone.Ringing call = phone.call("88213000000");

        assertThat(call.status.get(15, TimeUnit.SECONDS)).isBetween(400, 699);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(cdrs("88213000000"))
                        .singleElement()
                        .satisfies(cdr -> assertThat(cdr.getLeg()).isZero()));
    }

    @Test
    @Order(6)
    void noForgedTokenEverReachesThePstn() throws Exception {
        try (TokenAttack attack = new TokenAttack(ground)) {
            Map<SetupRefusal, SetupRefusal> answers = attack.everyLie();

            assertThat(answers).allSatisfy((expected, got) -> assertThat(got).isEqualTo(expected));
            assertThat(answers).hasSizeGreaterThanOrEqualTo(7);
            assertThat(pstn.callsTo(attack.called())).isZero();
            assertThat(attack.useTwice()).isEqualTo(SetupRefusal.REPLAYED);
            assertThat(pstn.callsTo(attack.called())).isEqualTo(1);
        }
    }

    @Test
    @Order(7)
    void whatTheClearinghouseCannotReadIsKeptWithItsPlace() throws Exception {
        byte[] garbage = "not avro".getBytes(StandardCharsets.UTF_8);
        Map<String, Object> settings =
                ground.accessFor(Party.proxyOf(World.ACME)).clientSettings();
        CallId id = CallId.mint(Instant.now(), new java.util.Random());

        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topic.AUTHORIZATION_REQUESTS.of(World.ACME), id.toString(), garbage))
                    .get(10, TimeUnit.SECONDS);
            producer.send(new ProducerRecord<>(Topic.CDRS.of(World.ACME), id.toString(), garbage))
                    .get(10, TimeUnit.SECONDS);
        }

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(records.of(RejectedRecord.class)
                                .filter(rejected -> ByteBuffer.wrap(garbage).equals(rejected.getValue()))
                                .map(RejectedRecord::getSourceTopic))
                        .containsExactlyInAnyOrder("carrier.acme.authorization-requests", "carrier.acme.cdrs"));
    }

    @Test
    @Order(8)
    void aClosedPeriodGivesEveryCarrierAStatement() throws Exception {
        String period = openPeriod();

        CommandOutcome outcome = close("close-1", period);

        assertThat(outcome.getOutcome()).isEqualTo(OutcomeKind.ACCEPTED);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(records.of(Statement.class))
                        .hasSize(3)
                        .allSatisfy(
                                statement -> assertThat(statement.getPeriod()).isEqualTo(period))
                        .extracting(Statement::getCarrier)
                        .containsExactlyInAnyOrder("acme", "lumen", "zenith"));
    }

    @Test
    @Order(9)
    void aPeriodThatIsNotOpenIsNotClosedAgain() throws Exception {
        assertThat(close("close-2", firstPeriod()).getOutcome()).isEqualTo(OutcomeKind.REFUSED);
    }

    /** Who changes a statement afterwards is shown by the digest that went out with it. */
    @Test
    @Order(10)
    void everyStatementBearsTheDigestOfItsBytesAndStandsOnce() throws Exception {
        List<Statement> told = records.of(Statement.class).toList();

        assertThat(told).extracting(Statement::getStatementId).hasSize(3).doesNotHaveDuplicates();
        for (Statement statement : told) {
            byte[] json = bytes(statement.getJson());
            assertThat(bytes(statement.getDigest()))
                    .as(statement.getStatementId())
                    .isEqualTo(MessageDigest.getInstance("SHA-256").digest(json));
            assertThat(new String(json, StandardCharsets.UTF_8))
                    .contains("\"statement_id\":\"" + statement.getStatementId() + "\"");
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** Calls with three tokens, at the usual rate: brokers must not slow down who keeps to what was agreed. */
    @Test
    @Order(11)
    void aCallTakesNoMoreThanHalfOfWhatItsQuotaAllows() {
        assertThat(mostBytesOfACall("carrier.acme.authorization-requests|gateway.*.setup-requests|carrier.acme.cdrs"))
                .isBetween(1L, quota(Party.proxyOf(World.ACME)).producedBytes() / CallRates.USUAL / 2);
        assertThat(mostBytesOfACall("carrier.acme.authorization-responses|carrier.acme.setup-events"))
                .isBetween(1L, quota(Party.proxyOf(World.ACME)).consumedBytes() / CallRates.USUAL / 2);
        assertThat(mostBytesOfACall("carrier.acme.setup-events|carrier.zenith.cdrs"))
                .isBetween(1L, quota(Party.gateway(World.ZENITH_1)).producedBytes() / CallRates.USUAL / 2);
        assertThat(mostBytesOfACall("gateway.zenith-1.setup-requests"))
                .isBetween(1L, quota(Party.gateway(World.ZENITH_1)).consumedBytes() / CallRates.USUAL / 2);
    }

    private static Quota quota(Party party) {
        return Catalogue.quotas(World.DIRECTORY, CallRates.usual()).stream()
                .filter(quota -> quota.party().equals(party))
                .findFirst()
                .orElseThrow();
    }

    /** On these topics, as if each record were a request of its own. */
    private long mostBytesOfACall(String topics) {
        int aroundARecord = 250; // the batch's and the request's own fields, and the record's headers
        long most = records.placed().stream()
                .filter(record -> record.place().topic().matches(topics))
                .collect(Collectors.groupingBy(
                        record -> String.valueOf(record.place().key()),
                        Collectors.summingLong(record -> record.place().serializedKeySize()
                                + record.place().serializedValueSize()
                                + aroundARecord)))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        System.out.printf("quota: a call takes at most %d bytes on %s%n", most, topics);
        return most;
    }

    @Test
    @Order(12)
    void thePostingsOfEverythingSumToZero() {
        assertThat(sum(records.postings(2))).isEqualByComparingTo("0");
    }

    private String firstPeriod() {
        return records.of(PeriodBarrier.class).findFirst().orElseThrow().getOpens();
    }

    private String openPeriod() {
        return records.of(PeriodBarrier.class)
                .reduce((before, after) -> after)
                .orElseThrow()
                .getOpens();
    }

    private CommandOutcome close(String id, String period) throws Exception {
        try (Producer<String, SpecificRecord> producer =
                RecordProducer.open(ground.accessFor(Party.of(Party.Kind.ADMINISTRATION)), "close")) {
            producer.send(new ProducerRecord<>(
                            Topic.COMMANDS.topic(),
                            period,
                            ClosePeriod.newBuilder()
                                    .setCommandId(id)
                                    .setPeriod(period)
                                    .setRequestedBy("test")
                                    .setRequestedAt(Instant.now())
                                    .setReason("the test is over")
                                    .setEarly(true)
                                    .build()))
                    .get(10, TimeUnit.SECONDS);
        }
        return await().atMost(SOON)
                .until(
                        () -> records.of(CommandOutcome.class)
                                .filter(outcome -> outcome.getCommandId().equals(id))
                                .toList(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    private List<ReconciledCall> reconciled(String called) {
        return records.of(ReconciledCall.class)
                .filter(call -> call.getCalled().equals(called))
                .toList();
    }

    private List<Posted> postings(String callId) {
        return records.postings()
                .filter(posting -> posting.callId().equals(callId))
                .toList();
    }

    private List<CallDetailRecord> cdrs(String called) {
        return records.of(CallDetailRecord.class)
                .filter(cdr -> cdr.getCalled().equals(called))
                .toList();
    }

    private static BigDecimal sum(List<Posted> postings) {
        return postings.stream().map(Posted::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
