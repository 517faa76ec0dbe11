package org.callclear.gateways.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.callclear.gateways.GatewayWorld;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.CallReleased;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.SetupCancelled;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.avro.SetupRejected;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordSerializer;
import org.callclear.sip.call.Sdp;
import org.callclear.tokens.ReplayMemory.Use;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestLoopTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String TOPIC = Topic.SETUP_REQUESTS.of(GatewayWorld.GATEWAY);
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    @TempDir
    Path directory;

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final RecordSerializer serializer = new RecordSerializer(registry);
    private final List<Map<TopicPartition, OffsetAndMetadata>> commits = new CopyOnWriteArrayList<>();
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable OffsetCommitCallback callback) {
            commits.add(offsets);
            super.commitAsync(offsets, callback);
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            commits.add(offsets);
            super.commitSync(offsets, timeout);
        }
    };
    private final MockConsumer<String, byte[]> alone = new MockConsumer<>("none");
    private GatewayWorld world;
    private RequestLoop loop;
    private long next;
    private long overheard;
    private volatile boolean boardFails;
    private final ThreadLocal<Boolean> working = ThreadLocal.withInitial(() -> false);

    @BeforeEach
    void start() throws Exception {
        world = new GatewayWorld(directory, 2, null, this::run, true);
        for (var schema : List.of(
                SetupRequested.getClassSchema(),
                SetupCancelled.getClassSchema(),
                CallReleased.getClassSchema(),
                CallDetailRecord.getClassSchema())) {
            registry.register(schema.getFullName(), new AvroSchema(schema));
        }
        loop = new RequestLoop(
                new RequestLoop.Readers(consumer, alone), TOPIC, new RecordDeserializer(registry), world.desk, SOON);
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(Set.of(PARTITION)));
        loop.start().join();
    }

    @AfterEach
    void stop() {
        loop.close();
        world.close();
    }

    @Test
    void aSetupIsDialledAndCommitted() {
        SetupRequested setup = world.aSetup().build();

        write(setup.getCallId(), setup);

        await().atMost(SOON).until(() -> committed() == 1);
        assertThat(world.trunk.legs()).hasSize(1);
    }

    @Test
    void aRefusedSetupNeverDialsAndItsProxyHearsTheReason() {
        SetupRequested setup = world.aSetup()
                .token(token -> token.substring(0, token.length() - 9) + "AAAAAAAAA")
                .build();

        write(setup.getCallId(), setup);

        await().atMost(SOON).until(() -> committed() == 1);
        assertThat(world.trunk.legs()).isEmpty();
        assertThat(world.sent("carrier.acme.setup-events")).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo(setup.getCallId());
            assertThat(record.value()).isInstanceOfSatisfying(SetupRejected.class, rejected -> {
                assertThat(rejected.getRefusal()).isEqualTo(SetupRefusal.BAD_SIGNATURE);
                assertThat(rejected.getTransactionId()).isEqualTo(setup.getTransactionId());
                assertThat(rejected.getProxy()).isEqualTo("p1");
            });
        });
        assertThat(world.refusals.byName()).isEqualTo(Map.of("BAD_SIGNATURE", 1L));
        assertThat(world.cdrs()).isEmpty();
    }

    @Test
    void aSetupReadTwiceIsDialledOnce() {
        SetupRequested setup = world.aSetup().build();

        write(setup.getCallId(), setup);
        write(setup.getCallId(), setup);

        await().atMost(SOON).until(() -> committed() == 2);
        assertThat(world.trunk.legs()).hasSize(1);
        assertThat(world.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        SetupRejected.class,
                        rejected -> assertThat(rejected.getRefusal()).isEqualTo(SetupRefusal.REPLAYED));
    }

    @Test
    void bytesThatAreNoRecordAreCountedAndSkipped() {
        write("x", new byte[] {1, 2, 3});
        write("x", new byte[] {0, 0, 0, 0, 99, 1});
        write("x", (byte[]) null);
        CallDetailRecord stranger = aRecordOfAnotherKind();
        write("x", stranger);
        SetupRequested setup = world.aSetup().build();
        byte[] cut = serializer.serialize(TOPIC, setup);
        write("x", Arrays.copyOf(cut, cut.length - 3));

        write(setup.getCallId(), setup);

        await().atMost(SOON).until(() -> committed() == 6);
        assertThat(world.refusals.byName()).isEqualTo(Map.of("MALFORMED_SETUP", 5L));
        assertThat(world.board.openCalls()).isEqualTo(1);
    }

    @Test
    void aCarrierThatDoesNotExistStopsNothing() {
        SetupRequested made =
                world.aSetup().with(r -> r.setOriginatingCarrier("nobody")).build();
        SetupRequested unanswerable =
                world.aSetup().with(r -> r.setOriginatingCarrier("../x")).build();
        SetupRequested good = world.aSetup().build();

        write(made.getCallId(), made);
        write(unanswerable.getCallId(), unanswerable);
        write(good.getCallId(), good);

        await().atMost(SOON).until(() -> committed() == 3);
        assertThat(world.trunk.legs()).hasSize(1);
        assertThat(world.reports.unsent()).isEqualTo(1);
    }

    @Test
    void cancelAndReleaseReachTheirCalls() {
        SetupRequested first = world.aSetup().build();
        SetupRequested second = world.aSetup().build();
        write(first.getCallId(), first);
        write(second.getCallId(), second);
        await().atMost(SOON).until(() -> world.trunk.legs().size() == 2);
        world.trunk.last().answer(Sdp.NONE);

        write(
                first.getCallId(),
                new SetupCancelled(first.getCallId(), first.getTransactionId(), 16, world.clock.instant()));
        write(
                second.getCallId(),
                new CallReleased(
                        second.getCallId(),
                        second.getTransactionId(),
                        "p1",
                        999,
                        ReleaseSource.CALLER,
                        world.clock.instant()));

        await().atMost(SOON).until(() -> committed() == 4);
        assertThat(world.trunk.legs())
                .allSatisfy(leg -> assertThat(leg.hangUps()).hasSize(1));
        assertThat(world.cdrs()).extracting(CallDetailRecord::getSipStatus).containsExactlyInAnyOrder(487, 200);
        assertThat(world.channels.taken()).isZero();
    }

    @Test
    void severalSetupsAreInJudgementAtOnceAndNothingIsCommittedPastOne() {
        world.memory.slowDown();
        SetupRequested first = world.aSetup().build();
        SetupRequested second = world.aSetup().build();
        write(first.getCallId(), first);
        write(second.getCallId(), second);
        await().atMost(SOON).until(() -> world.memory.asked() == 2);

        world.memory.answer(second.getTransactionId(), Use.FIRST);
        await().atMost(SOON).until(() -> world.trunk.legs().size() == 1);
        write("x", new byte[] {1, 2, 3});
        write("x", new byte[] {1, 2, 3}); // read in a later turn, so the loop has had its chance to commit the one before
        await().atMost(SOON).until(() -> Long.valueOf(2).equals(world.refusals.byName().get("MALFORMED_SETUP")));
        assertThat(commits).isEmpty();

        world.memory.answer(first.getTransactionId(), Use.FIRST);
        await().atMost(SOON).until(() -> committed() == 4);
        assertThat(world.trunk.legs()).hasSize(2);
    }

    @Test
    void aCancelThatOvertakesTheJudgementEndsTheCallAfterIt() {
        world.memory.slowDown();
        SetupRequested setup = world.aSetup().build();
        write(setup.getCallId(), setup);
        write(
                setup.getCallId(),
                new SetupCancelled(setup.getCallId(), setup.getTransactionId(), 16, world.clock.instant()));
        SetupRequested other = world.aSetup().build();
        write(other.getCallId(), other);
        await().atMost(SOON).until(() -> world.memory.asked() == 2);

        world.memory.answer(setup.getTransactionId(), Use.FIRST);

        await().atMost(SOON).until(() -> committed() == 2);
        assertThat(world.board.disbelieved()).isZero();
        assertThat(world.cdrs()).extracting(CallDetailRecord::getSipStatus).containsExactly(487);
        assertThat(world.channels.taken()).as("only the other's").isEqualTo(1);
    }

    @Test
    void aUseThatIsNotConfirmedOpensNothingAndGivesItsChannelBack() {
        world.memory.slowDown();
        SetupRequested setup = world.aSetup().build();
        write(setup.getCallId(), setup);
        await().atMost(SOON).until(() -> world.memory.asked() == 1);
        assertThat(world.channels.taken()).isEqualTo(1);

        world.memory.answer(setup.getTransactionId(), Use.UNCONFIRMED);

        await().atMost(SOON).until(() -> committed() == 1);
        assertThat(world.trunk.legs()).isEmpty();
        assertThat(world.channels.taken()).isZero();
        assertThat(world.refusals.byName()).isEqualTo(Map.of("USE_UNCONFIRMED", 1L));
    }

    @Test
    void aUseConfirmedAfterTheDeadlineOpensNothing() {
        world.memory.slowDown();
        SetupRequested setup = world.aSetup().build();
        write(setup.getCallId(), setup);
        await().atMost(SOON).until(() -> world.memory.asked() == 1);
        world.pass(Duration.ofSeconds(6));

        world.memory.answer(setup.getTransactionId(), Use.FIRST);

        await().atMost(SOON).until(() -> committed() == 1);
        assertThat(world.trunk.legs()).isEmpty();
        assertThat(world.channels.taken()).isZero();
        assertThat(world.refusals.byName()).isEqualTo(Map.of("SETUP_TOO_LATE", 1L));
    }

    @Test
    void aUseConfirmedWhileTheGatewayDrainsOpensNothing() {
        world.memory.slowDown();
        SetupRequested setup = world.aSetup().build();
        write(setup.getCallId(), setup);
        await().atMost(SOON).until(() -> world.memory.asked() == 1);
        assertThat(loop.settled()).isNotDone();
        world.gate.drain();

        world.memory.answer(setup.getTransactionId(), Use.FIRST);

        assertThat(loop.settled()).succeedsWithin(SOON);
        assertThat(world.trunk.legs()).isEmpty();
        assertThat(world.refusals.byName()).isEqualTo(Map.of("DRAINING", 1L));
    }

    @Test
    void partitionsAreGivenUpWhenWhatIsInJudgementIsDecidedAndCommitted() {
        world.memory.slowDown();
        SetupRequested setup = world.aSetup().build();
        write(setup.getCallId(), setup);
        await().atMost(SOON).until(() -> world.memory.asked() == 1);

        consumer.schedulePollTask(() -> {
            Thread decides = new Thread(() -> world.memory.answer(setup.getTransactionId(), Use.FIRST));
            decides.start();
            consumer.rebalance(Set.of());
        });

        await().atMost(SOON).until(() -> world.trunk.legs().size() == 1);
        await().atMost(SOON).until(() -> consumer.assignment().isEmpty());
        consumer.schedulePollTask(() -> consumer.rebalance(Set.of(PARTITION))); // the mock tells no commits of others
        await().atMost(SOON).until(() -> committed() == 1);
    }

    @Test
    void aReleaseInAPartitionGivenUpEndsTheCallThatIsHeldHereAndNothingElse() {
        SetupRequested held = world.aSetup().build();
        write(held.getCallId(), held);
        await().atMost(SOON).until(() -> committed() == 1);
        SetupRequested others = world.aSetup().build();

        consumer.schedulePollTask(() -> consumer.rebalance(Set.of()));
        overhear(held); // stands before what is read on from
        overhear(others);
        overhear(new CallReleased(
                others.getCallId(), others.getTransactionId(), "p1", 16, ReleaseSource.CALLER, world.clock.instant()));
        overhear(new SetupCancelled(held.getCallId(), held.getTransactionId(), 16, world.clock.instant()));

        await().atMost(SOON).until(() -> world.board.openCalls() == 0);
        assertThat(world.trunk.legs()).as("only the first was dialled").hasSize(1);
        assertThat(world.board.disbelieved()).as("whoever has the partition counts").isZero();
        assertThat(world.refusals.byName()).isEmpty();
        assertThat(alone.position(PARTITION)).isEqualTo(4);
    }

    @Test
    void aPartitionThatComesBackAsItWasIsNotReadTwice() {
        SetupRequested held = world.aSetup().build();
        write(held.getCallId(), held);
        await().atMost(SOON).until(() -> committed() == 1);

        consumer.schedulePollTask(() -> consumer.rebalance(Set.of()));
        consumer.schedulePollTask(() -> consumer.rebalance(Set.of(PARTITION)));
        write(held.getCallId(), new SetupCancelled(held.getCallId(), held.getTransactionId(), 16, world.clock.instant()));

        await().atMost(SOON).until(() -> world.board.openCalls() == 0);
        assertThat(alone.assignment()).isEmpty();
    }

    @Test
    void aBrokenReaderOfFormerPartitionsEndsTheLoop() {
        SetupRequested held = world.aSetup().build();
        write(held.getCallId(), held);
        await().atMost(SOON).until(() -> committed() == 1);
        alone.setPollException(new KafkaException("broken"));

        consumer.schedulePollTask(() -> consumer.rebalance(Set.of()));

        assertThat(loop.ended()).failsWithin(SOON).withThrowableThat().withRootCauseInstanceOf(KafkaException.class);
    }

    @Test
    void aFaultAfterASlowAnswerEndsTheLoopAndCommitsNothing() {
        world.memory.slowDown();
        SetupRequested setup = world.aSetup().build();
        write(setup.getCallId(), setup);
        await().atMost(SOON).until(() -> world.memory.asked() == 1);
        boardFails = true;

        world.memory.answer(setup.getTransactionId(), Use.FIRST);

        assertThat(loop.ended())
                .failsWithin(SOON)
                .withThrowableThat()
                .withRootCauseInstanceOf(WorkersGoneException.class);
        assertThat(world.channels.taken()).isZero();
        await().atMost(SOON).until(consumer::closed);
        assertThat(commits).isEmpty();
    }

    @Test
    void aMemoryThatFailsEndsTheLoopAndGivesTheChannelBack() {
        world.memory.slowDown();
        SetupRequested setup = world.aSetup().build();
        write(setup.getCallId(), setup);
        write(
                setup.getCallId(),
                new SetupCancelled(setup.getCallId(), setup.getTransactionId(), 16, world.clock.instant()));
        SetupRequested other = world.aSetup().build();
        write(other.getCallId(), other); // taken after the cancel, so that is waiting by then
        await().atMost(SOON).until(() -> world.memory.asked() == 2);

        world.memory.fail(setup.getTransactionId(), new WorkersGoneException());

        assertThat(loop.ended())
                .failsWithin(SOON)
                .withThrowableThat()
                .withRootCauseInstanceOf(WorkersGoneException.class);
        assertThat(world.channels.taken()).as("only the other's").isEqualTo(1);
        assertThat(world.board.disbelieved()).as("the cancel was said").isEqualTo(1);
        await().atMost(SOON).until(consumer::closed);
        assertThat(commits).isEmpty();
    }

    @Test
    void aBrokenConsumerIsToldToWhoeverWaits() {
        consumer.setPollException(new KafkaException("broken"));

        assertThat(loop.ended()).failsWithin(SOON).withThrowableThat().withRootCauseInstanceOf(KafkaException.class);
    }

    /** The workers; when they are gone, what runs on one may hand nothing more to another, as the board does. */
    private void run(Runnable task) {
        if (boardFails && working.get()) {
            throw new WorkersGoneException();
        }
        working.set(true);
        task.run();
        working.set(false);
    }

    private static final class WorkersGoneException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Comes to stand in the partition, which is another's now. */
    private void overhear(SpecificRecord value) {
        long offset = overheard++;
        byte[] bytes = serializer.serialize(TOPIC, value);
        alone.schedulePollTask(() -> alone.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, "key", bytes)));
    }

    private void write(String key, SpecificRecord value) {
        write(key, serializer.serialize(TOPIC, value));
    }

    private void write(String key, byte @Nullable [] value) {
        long offset = next++;
        consumer.schedulePollTask(() -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, key, value)));
    }

    private long committed() {
        var offset = consumer.committed(Set.of(PARTITION)).get(PARTITION);
        return offset == null ? 0 : offset.offset();
    }

    private CallDetailRecord aRecordOfAnotherKind() {
        SetupRequested setup = world.aSetup().build();
        world.connect(setup).fail(486);
        return world.cdrs().getFirst();
    }
}
