package org.callclear.gateways.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.callclear.schemas.avro.CallReleased;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.SetupRequested;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about calls that are up here, in partitions that are another instance's by now. */
class FormerPartitionsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private LoopGround ground;

    @BeforeEach
    void start() throws Exception {
        ground = new LoopGround(directory);
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    @Test
    void aReleaseInAPartitionGivenUpEndsTheCallThatIsHeldHereAndNothingElse() {
        SetupRequested held = ground.world.aSetup().build();
        ground.write(held.getCallId(), held);
        await().atMost(SOON).until(() -> ground.committed() == 1);
        SetupRequested others = ground.world.aSetup().build();

        ground.consumer.schedulePollTask(() -> ground.consumer.rebalance(Set.of()));
        ground.overhear(held); // stands before what is read on from
        ground.overhear(others);
        ground.overhear(new CallReleased(
                others.getCallId(),
                others.getTransactionId(),
                "p1",
                16,
                ReleaseSource.CALLER,
                ground.world.clock.instant()));
        ground.overhear(ground.cancel(held));

        await().atMost(SOON).until(() -> ground.world.board.openCalls() == 0);
        assertThat(ground.world.trunk.legs()).as("only the first was dialled").hasSize(1);
        assertThat(ground.world.board.disbelieved())
                .as("whoever has the partition counts")
                .isZero();
        assertThat(ground.world.refusals.byName()).isEmpty();
        assertThat(ground.alone.position(LoopGround.PARTITION)).isEqualTo(4);
    }

    @Test
    void aPartitionThatComesBackAsItWasIsNotReadTwice() {
        SetupRequested held = ground.world.aSetup().build();
        ground.write(held.getCallId(), held);
        await().atMost(SOON).until(() -> ground.committed() == 1);

        ground.consumer.schedulePollTask(() -> ground.goAndComeBack(1));
        ground.write(held.getCallId(), ground.cancel(held));

        await().atMost(SOON).until(() -> ground.world.board.openCalls() == 0);
        assertThat(ground.alone.assignment()).isEmpty();
    }

    @Test
    void whatAnotherReadBeforeAPartitionCameBackIsHeardToo() {
        SetupRequested held = ground.world.aSetup().build();
        ground.write(held.getCallId(), held);
        await().atMost(SOON).until(() -> ground.committed() == 1);

        ground.consumer.schedulePollTask(() -> ground.goAndComeBack(3));
        ground.overhear(held);
        ground.overhear(ground.cancel(held));

        await().atMost(SOON).until(() -> ground.world.board.openCalls() == 0);
    }

    @Test
    void aBrokenReaderOfFormerPartitionsEndsTheLoop() {
        SetupRequested held = ground.world.aSetup().build();
        ground.write(held.getCallId(), held);
        await().atMost(SOON).until(() -> ground.committed() == 1);
        ground.alone.setPollException(new KafkaException("broken"));

        ground.consumer.schedulePollTask(() -> ground.consumer.rebalance(Set.of()));

        assertThat(ground.loop.ended())
                .failsWithin(SOON)
                .withThrowableThat()
                .withRootCauseInstanceOf(KafkaException.class);
    }
}
