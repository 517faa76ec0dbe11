package org.callclear.clearinghouse.answering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.callclear.clearinghouse.World;
import org.callclear.clearinghouse.grant.Remembered;
import org.callclear.schemas.avro.AuthorizationGranted;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.call.CallId;
import org.callclear.testkit.clearing.Requests;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop, turn by turn, over a consumer in memory and a log that acknowledges when told. */
class HoldingsTest {
    private static final TopicPartition PARTITION = new TopicPartition(DeskRig.TOPIC, 1);

    @TempDir
    Path directory;

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            if (groupAnswers) {
                super.commitAsync(offsets, callback);
            } else {
                callback.onComplete(offsets, new CommitFailedException());
            }
        }
    };
    private final FakeOutbox outbox = new FakeOutbox();
    private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
    private final List<CompletableFuture<Collection<Remembered.Yes>>> restores = new ArrayList<>();
    private boolean worthAnswering = true;
    private boolean groupAnswers = true;
    private DeskRig rig;
    private Holdings holdings;
    private AnsweringLoop loop;

    @BeforeEach
    void open() {
        rig = new DeskRig(directory);
        AnswerDesk desk = rig.desk(outbox);
        MembershipLease lease = new MembershipLease(Duration.ofSeconds(5), nanos.get());
        holdings = new Holdings(
                consumer,
                desk,
                partitions -> {
                    restores.add(new CompletableFuture<>());
                    return restores.getLast();
                },
                new Holdings.Rules(DeskRig.PLACEMENT, 3, writtenAt -> worthAnswering, rig.tally()),
                lease,
                nanos::get);
        loop = new AnsweringLoop(consumer, holdings, desk);
        consumer.subscribe(List.of(DeskRig.TOPIC), holdings);
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.rebalance(List.of(PARTITION));
    }

    private void restored() {
        restores.getLast().complete(List.of());
        turn();
        turn();
    }

    private void turn() {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(300));
        loop.turn();
    }

    /** A valid request that belongs on the partition. */
    private AuthorizationRequest request(int number) {
        Random random = new Random(number);
        while (true) {
            AuthorizationRequest one =
                    Requests.aRequest(World.NOW, random.nextLong()).request();
            if (DeskRig.PLACEMENT.of(CallId.parse(one.getCallId())) == PARTITION.partition()) {
                return one;
            }
        }
    }

    private void asked(int... offsets) {
        for (int offset : offsets) {
            consumer.addRecord(rig.record(request(offset), offset));
        }
    }

    private long committed() {
        var found = consumer.committed(Set.of(PARTITION)).get(PARTITION);
        return found == null ? -1 : found.offset();
    }

    @Test
    void nothingIsAnsweredBeforeTheJournalHasBeenReadBack() {
        asked(0);

        turn();
        turn();

        assertThat(outbox.sent).isEmpty();
        restored();
        assertThat(outbox.values(AuthorizationGranted.class)).hasSize(1);
    }

    @Test
    void aSlowAcknowledgementHoldsTheCommitBackButNotTheLoop() {
        restored();
        outbox.acknowledgeAtOnce(false);
        asked(0, 1);
        turn();
        assertThat(outbox.values(Grant.class)).hasSize(2);
        outbox.acknowledgeAtOnce(true);

        assertThat(rig.measured()).contains("stage=\"ANSWERED\"} 0\n");
        outbox.sent.get(1).acknowledged().complete(null);
        turn();
        turn();
        assertThat(rig.measured()).contains("stage=\"ANSWERED\"} 1\n");
        assertThat(committed()).isZero();
        outbox.sent.get(0).acknowledged().complete(null);
        turn();
        turn();

        assertThat(committed()).isEqualTo(2);
    }

    @Test
    void noMoreIsReadWhileTooMuchIsInFlight() {
        restored();
        outbox.acknowledgeAtOnce(false);
        asked(0, 1, 2);
        turn();

        asked(3);
        turn();

        assertThat(consumer.paused()).containsExactly(PARTITION);
        assertThat(outbox.values(Grant.class)).hasSize(3);
    }

    @Test
    void withoutAProofOfMembershipNothingIsAnswered() {
        restored();
        groupAnswers = false;
        nanos.addAndGet(Duration.ofSeconds(6).toNanos()); // paused, as by SIGSTOP
        asked(0);

        turn();

        assertThat(outbox.sent).isEmpty();
        groupAnswers = true;
        turn();
        turn();
        turn();
        assertThat(outbox.values(AuthorizationGranted.class)).hasSize(1);
    }

    @Test
    void whatIsInFlightWhenThePartitionIsLostIsNeitherAnsweredNorCommitted() {
        restored();
        outbox.acknowledgeAtOnce(false);
        asked(0);
        turn();

        holdings.onPartitionsLost(List.of(PARTITION));
        outbox.sent.getFirst().acknowledged().complete(null);
        turn();

        assertThat(outbox.values(AuthorizationGranted.class)).isEmpty();
        assertThat(committed()).isLessThanOrEqualTo(0);
    }

    @Test
    void aWriteThatFailsIsTriedAgainWithTheSameGrant() {
        restored();
        outbox.acknowledgeAtOnce(false);
        asked(0);
        turn();
        Grant first = outbox.values(Grant.class).getFirst();
        outbox.acknowledgeAtOnce(true);

        outbox.sent.getFirst().acknowledged().completeExceptionally(new TimeoutException("gone"));
        turn();
        asked(0); // what the log gives again after the seek back
        turn();
        turn();
        turn();

        assertThat(outbox.values(Grant.class)).containsExactly(first, first);
        assertThat(outbox.values(AuthorizationGranted.class)).hasSize(1);
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void aWriteThatFailsTooLateToBeOfUseIsGivenUpAndCounted() {
        restored();
        outbox.acknowledgeAtOnce(false);
        worthAnswering = false;
        asked(0);
        turn();

        outbox.sent.getFirst().acknowledged().completeExceptionally(new TimeoutException("gone"));
        turn();
        turn();

        assertThat(rig.tally().counts().unanswered()).isEqualTo(1);
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void aJournalThatCannotBeReadBackStopsTheInstance() {
        restores.getLast().completeExceptionally(new IllegalStateException("no rights"));

        assertThatThrownBy(this::turn).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aLeaseHoldsFromItsProofForItsLength() {
        MembershipLease lease = new MembershipLease(Duration.ofSeconds(5), 0);
        assertThat(lease.holds(0)).isFalse();

        lease.proved(Instant.EPOCH.getEpochSecond());

        assertThat(lease.holds(Duration.ofSeconds(5).toNanos() - 1)).isTrue();
        assertThat(lease.holds(Duration.ofSeconds(5).toNanos())).isFalse();
    }
}
