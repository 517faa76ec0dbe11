package org.callclear.clearinghouse.answering;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.clearinghouse.World;
import org.callclear.clearinghouse.grant.Remembered;
import org.callclear.schemas.avro.AuthorizationDenied;
import org.callclear.schemas.avro.AuthorizationGranted;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.avro.AuthorizedRoute;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.avro.DisputeGate;
import org.callclear.schemas.avro.GateRule;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.SettlingSide;
import org.callclear.schemas.call.CallId;
import org.callclear.testkit.clearing.References;
import org.callclear.testkit.clearing.Requests;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerDeskTest {
    private static final String JOURNAL = "settlement-journal";
    private static final String RESPONSES = "carrier.acme.authorization-responses";

    @TempDir
    Path directory;

    private final FakeOutbox outbox = new FakeOutbox();
    private final AuthorizationRequest request = Requests.aRequest(World.NOW, 1).request();
    private DeskRig rig;
    private AnswerDesk desk;
    private ConsumerRecord<byte[], byte[]> record;

    @BeforeEach
    void open() {
        rig = new DeskRig(directory);
        desk = rig.desk(outbox);
        record = rig.record(request, 0);
    }

    private static List<Remembered.Yes> remembered(List<Grant> grants) {
        return grants.stream()
                .map(grant -> Remembered.Yes.of(grant, DeskRig.MARGIN))
                .toList();
    }

    private DenialReason onlyDenial() {
        return outbox.values(AuthorizationDenied.class).getLast().getReason();
    }

    @Test
    void theGrantIsInTheJournalBeforeTheAnswerGoesOut() {
        outbox.acknowledgeAtOnce(false);

        CompletableFuture<Void> done = desk.take(record, DeskRig.tenure());

        assertThat(outbox.topics()).containsExactly(JOURNAL);
        outbox.last().acknowledged().complete(null);
        assertThat(outbox.topics()).containsExactly(JOURNAL, RESPONSES);
        assertThat(done).isNotDone();
        outbox.last().acknowledged().complete(null);
        assertThat(done).isCompleted();
    }

    @Test
    void theGrantKeepsHowTheReportsWillBeCompared() {
        DisputeGate gate = new DisputeGate(new BigDecimal("5.000000"), new BigDecimal("0.100000"), GateRule.ALL);
        rig.world
                .book()
                .put(Contract.newBuilder(References.contract("acme-out", "acme", Role.ORIGINATING, "EUR", "sell"))
                        .setToleranceSeconds(9)
                        .setSettlingSide(SettlingSide.MIN)
                        .setGate(gate)
                        .setOneSidedDelaySeconds(7200)
                        .build());

        desk.take(record, DeskRig.tenure()).join();

        Grant grant = outbox.values(Grant.class).getFirst();
        assertThat(grant.getToleranceSeconds()).isEqualTo(9);
        assertThat(grant.getSettlingSide()).isEqualTo(SettlingSide.MIN);
        assertThat(grant.getGate()).isEqualTo(gate);
        assertThat(grant.getOneSidedDelaySeconds()).isEqualTo(7200);
    }

    @Test
    void theAnswerHasTheRoutesOfTheGrantAndNamesWhoWaits() {
        desk.take(record, DeskRig.tenure()).join();

        Grant grant = outbox.values(Grant.class).getFirst();
        AuthorizationGranted answer = outbox.values(AuthorizationGranted.class).getFirst();
        assertThat(answer.getRoutes()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(answer.getRoutes().get(i).getLeg())
                    .isEqualTo(i + 1)
                    .isEqualTo(grant.getRoutes().get(i).getLeg());
            assertThat(answer.getRoutes().get(i).getGateway())
                    .isEqualTo(grant.getRoutes().get(i).getGateway());
            assertThat(answer.getRoutes().get(i).getTransactionId())
                    .isEqualTo(grant.getRoutes().get(i).getTransactionId());
        }
        assertThat(outbox.last().record().key()).isEqualTo(request.getCallId());
        assertThat(outbox.last().record().headers().lastHeader("reply-to").value())
                .isEqualTo("p1".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aRepeatedRequestGetsTheSameAnswerAndNoSecondGrant() {
        desk.take(record, DeskRig.tenure()).join();
        AuthorizationRequest later = AuthorizationRequest.newBuilder(request)
                .setRequestedAt(World.NOW.minusSeconds(3))
                .build();

        desk.take(rig.record(later, 1), DeskRig.tenure()).join();

        assertThat(outbox.topics()).containsExactly(JOURNAL, RESPONSES, RESPONSES);
        List<AuthorizationGranted> answers = outbox.values(AuthorizationGranted.class);
        assertThat(answers.get(1)).isEqualTo(answers.get(0));
    }

    @Test
    void tokensOfAKeyThatWasRevokedMeanwhileAreNotMadeAgain() {
        desk.take(record, DeskRig.tenure()).join();
        assertThat(outbox.values(AuthorizationGranted.class)).hasSize(1);

        rig.revokeTheKey();
        desk.take(rig.record(request, 1), DeskRig.tenure()).join();

        assertThat(outbox.values(AuthorizationGranted.class)).hasSize(1);
        assertThat(outbox.values(AuthorizationDenied.class)).hasSize(1);
    }

    @Test
    void aRepeatThatComesBeforeTheGrantIsWrittenIsAnsweredAfterIt() {
        outbox.acknowledgeAtOnce(false);
        CompletableFuture<Void> first = desk.take(record, DeskRig.tenure());
        CompletableFuture<Void> second = desk.take(rig.record(request, 1), DeskRig.tenure());
        assertThat(outbox.topics()).containsExactly(JOURNAL);

        outbox.acknowledgeAtOnce(true);
        outbox.sent.getFirst().acknowledged().complete(null);

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(outbox.topics()).containsExactly(JOURNAL, RESPONSES, RESPONSES);
    }

    @Test
    void anotherRequestWithTheSameCallIdIsRefusedAndTheFirstStays() {
        desk.take(record, DeskRig.tenure()).join();
        AuthorizationRequest other = AuthorizationRequest.newBuilder(request)
                .setCalled("442079460001")
                .build();

        desk.take(rig.record(other, 1), DeskRig.tenure()).join();
        assertThat(onlyDenial()).isEqualTo(DenialReason.CONFLICTING_REQUEST);
        desk.take(rig.record(request, 2), DeskRig.tenure()).join();

        List<AuthorizationGranted> answers = outbox.values(AuthorizationGranted.class);
        assertThat(answers).hasSize(2);
        assertThat(answers.get(1)).isEqualTo(answers.get(0));
    }

    @Test
    void killedAfterTheGrantAndBeforeTheAnswerTheRestartedOneAnswersFromTheJournal() {
        outbox.acknowledgeAtOnce(false);
        CompletableFuture<Void> neverDone = desk.take(record, DeskRig.tenure());
        assertThat(neverDone).isNotDone();
        Grant inTheJournal = outbox.values(Grant.class).getFirst();
        FakeOutbox after = new FakeOutbox();
        AnswerDesk restarted = rig.desk(after);

        restarted.restore(remembered(List.of(inTheJournal)));
        restarted.take(record, DeskRig.tenure()).join();

        assertThat(after.topics()).containsExactly(RESPONSES);
        assertThat(after.values(AuthorizationGranted.class).getFirst().getRoutes())
                .extracting(AuthorizedRoute::getTransactionId)
                .isEqualTo(inTheJournal.getRoutes().stream()
                        .map(GrantedRoute::getTransactionId)
                        .toList());
    }

    @Test
    void killedAfterTheAnswerAndBeforeTheCommitTheRestartedOneGivesTheSameTokens() {
        desk.take(record, DeskRig.tenure()).join();
        rig.world.book().removeGateway("zenith-1"); // what a fresh decision would see
        FakeOutbox after = new FakeOutbox();
        AnswerDesk restarted = rig.desk(after);

        restarted.restore(remembered(outbox.values(Grant.class)));
        restarted.take(record, DeskRig.tenure()).join();

        assertThat(after.values(AuthorizationGranted.class)).isEqualTo(outbox.values(AuthorizationGranted.class));
        assertThat(after.values(Grant.class)).isEmpty();
    }

    @Test
    void killedBeforeTheGrantTheRestartedOneDecides() {
        FakeOutbox after = new FakeOutbox();
        AnswerDesk restarted = rig.desk(after);

        restarted.restore(List.of());
        restarted.take(record, DeskRig.tenure()).join();

        assertThat(after.topics()).containsExactly(JOURNAL, RESPONSES);
    }

    @Test
    void ofTwoGrantsOfACallInTheJournalTheFirstCounts() {
        FakeOutbox zombie = new FakeOutbox();
        desk.take(record, DeskRig.tenure()).join();
        rig.desk(zombie).take(record, DeskRig.tenure()).join();
        Grant first = outbox.values(Grant.class).getFirst();
        FakeOutbox after = new FakeOutbox();
        AnswerDesk restarted = rig.desk(after);

        restarted.restore(remembered(List.of(first, zombie.values(Grant.class).getFirst())));
        restarted.take(record, DeskRig.tenure()).join();

        assertThat(after.values(AuthorizationGranted.class)).isEqualTo(outbox.values(AuthorizationGranted.class));
    }

    @Test
    void aGrantThatCouldNotBeWrittenIsNotAnsweredAndTheSameOneIsWrittenNextTime() {
        outbox.acknowledgeAtOnce(false);
        CompletableFuture<Void> first = desk.take(record, DeskRig.tenure());
        outbox.last().acknowledged().completeExceptionally(new TimeoutException());
        assertThat(first).isCompletedExceptionally();
        outbox.acknowledgeAtOnce(true);

        desk.take(record, DeskRig.tenure()).join();

        assertThat(outbox.topics()).containsExactly(JOURNAL, JOURNAL, RESPONSES);
        List<Grant> grants = outbox.values(Grant.class);
        assertThat(grants.get(1)).isEqualTo(grants.get(0));
    }

    @Test
    void whatWasBegunInATenureThatIsOverIsNotAnswered() {
        outbox.acknowledgeAtOnce(false);
        Tenure tenure = DeskRig.tenure();
        CompletableFuture<Void> done = desk.take(record, tenure);

        tenure.end();
        outbox.last().acknowledged().complete(null);

        assertThat(done).isCompletedExceptionally();
        assertThat(outbox.topics()).containsExactly(JOURNAL);
    }

    @Test
    void whenThePartitionIsAnothersItsCallsAreForgottenButForGrantsUnderway() {
        desk.take(record, DeskRig.tenure()).join();
        int partition = DeskRig.PLACEMENT.of(CallId.parse(request.getCallId()));

        desk.forget(partition, DeskRig.PLACEMENT);
        desk.take(record, DeskRig.tenure()).join();

        assertThat(outbox.values(Grant.class)).hasSize(2);
    }

    @Test
    void aDenialIsRepeatedToo() {
        rig.world.book().removeContract("acme-out");
        desk.take(record, DeskRig.tenure()).join();
        rig.world.book().put(References.contract("acme-out", "acme", Role.ORIGINATING, "EUR", "sell"));

        desk.take(record, DeskRig.tenure()).join();

        List<AuthorizationDenied> answers = outbox.values(AuthorizationDenied.class);
        assertThat(answers).hasSize(2);
        assertThat(answers.get(1)).isEqualTo(answers.get(0));
    }

    @Test
    void whatCannotBeReadIsSetAsideWholeAndRefusedWhereItIsKnownToWhom() {
        byte[] key = request.getCallId().getBytes(StandardCharsets.UTF_8);
        byte[] garbage = {1, 2, 3};

        desk.take(DeskRig.record(key, garbage, 2, 77), DeskRig.tenure()).join();

        assertThat(outbox.topics()).containsExactly("authorization-rejected", RESPONSES);
        RejectedRecord rejected = outbox.values(RejectedRecord.class).getFirst();
        assertThat(rejected.getSourceTopic()).isEqualTo(DeskRig.TOPIC);
        assertThat(rejected.getSourcePartition()).isEqualTo(2);
        assertThat(rejected.getSourceOffset()).isEqualTo(77);
        assertThat(rejected.getValue().array()).isEqualTo(garbage);
        assertThat(onlyDenial()).isEqualTo(DenialReason.MALFORMED_REQUEST);
        assertThat(outbox.last().record().key()).isEqualTo(request.getCallId());
    }

    @Test
    void aRecordWithoutAKeyIsSetAsideAndItsProxyTold() {
        desk.take(rig.record(null, request, 2, 77), DeskRig.tenure()).join();

        assertThat(outbox.values(RejectedRecord.class))
                .singleElement()
                .extracting(RejectedRecord::getField)
                .isEqualTo("key");
        assertThat(onlyDenial()).isEqualTo(DenialReason.MALFORMED_REQUEST);
    }

    @Test
    void aRecordUnderTheKeyOfAnotherCallIsSetAside() {
        byte[] other = "0190a000-0000-7000-8000-000000000000".getBytes(StandardCharsets.UTF_8);

        desk.take(rig.record(other, request, DeskRig.PLACEMENT.of(other), 0), DeskRig.tenure())
                .join();

        assertThat(outbox.values(RejectedRecord.class))
                .singleElement()
                .extracting(RejectedRecord::getField)
                .isEqualTo("key");
    }

    @Test
    void aRecordWhereItsGrantWouldNotBeFoundAgainIsSetAside() {
        byte[] key = request.getCallId().getBytes(StandardCharsets.UTF_8);
        int elsewhere = (DeskRig.PLACEMENT.of(key) + 1) % 4;

        desk.take(rig.record(key, request, elsewhere, 0), DeskRig.tenure()).join();

        assertThat(outbox.values(RejectedRecord.class))
                .singleElement()
                .extracting(RejectedRecord::getField)
                .isEqualTo("partition");
    }

    @Test
    void aRecordOfAnotherTypeIsSetAside() {
        byte[] key = request.getCallId().getBytes(StandardCharsets.UTF_8);

        desk.take(rig.record(key, References.carrier("acme"), 0, 0), DeskRig.tenure())
                .join();

        assertThat(outbox.values(RejectedRecord.class))
                .singleElement()
                .extracting(RejectedRecord::getReason)
                .isEqualTo("OTHER_TYPE");
    }

    @Test
    void aRequestInAnotherCarriersNameIsRefusedToTheCarrierThatAsked() {
        AuthorizationRequest forged = AuthorizationRequest.newBuilder(request)
                .setOriginatingCarrier("zenith")
                .build();

        desk.take(rig.record(forged, 0), DeskRig.tenure()).join();

        assertThat(outbox.topics()).containsExactly(RESPONSES);
        assertThat(onlyDenial()).isEqualTo(DenialReason.CARRIER_MISMATCH);
    }
}
