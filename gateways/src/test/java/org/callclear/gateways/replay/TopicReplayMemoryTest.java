package org.callclear.gateways.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.record.TimestampType;
import org.callclear.schemas.avro.TokenMemoryMark;
import org.callclear.schemas.avro.UsedToken;
import org.callclear.schemas.call.TransactionId;
import org.callclear.tokens.ReplayMemory.Use;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The memory of one process; what the log says, and what becomes of what it writes, is up to the test. */
class TopicReplayMemoryTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Instant BEGIN = NOW.minusSeconds(600);
    private static final Instant EXPIRES = NOW.plusSeconds(60);
    private static final TransactionId ID = id(1);
    private static final long ME = 7;
    private static final long OTHER = 8;

    private final ClaimLog log;
    private final AtomicBoolean clockFails = new AtomicBoolean();
    private final Clock clock = clock(() -> {
        if (clockFails.get()) {
            throw new TimeoutException();
        }
        return NOW;
    });
    private final CompletableFuture<TopicReplayMemory> opened = new CompletableFuture<>();

    TopicReplayMemoryTest() throws Exception {
        log = new ClaimLog();
    }

    @AfterEach
    void stop() {
        var unused = opened.thenAccept(TopicReplayMemory::close);
    }

    @Test
    void itIsReadyWhenItsOwnMarkComesBackAndNotAnothers() {
        TopicReplayMemory memory = start(LONG);
        TokenMemoryMark mark = log.mark();
        log.append(new TokenMemoryMark("g2", OTHER), BEGIN);
        await().atMost(SOON).until(() -> memory.recordsRead() == 1);
        assertThat(memory.ready()).isNotDone();

        log.append(mark, BEGIN);

        assertThat(memory.ready()).succeedsWithin(SOON);
    }

    @Test
    void aClaimOpensNothingUntilItIsReadBack() {
        TopicReplayMemory memory = started(LONG);

        CompletableFuture<Use> use = memory.use(ID, NOW, EXPIRES);
        UsedToken claim = log.claim(1);
        acknowledgeAll();
        assertThat(use).isNotDone();
        log.append(claim, NOW);

        assertThat(use).succeedsWithin(SOON).isEqualTo(Use.FIRST);
        assertThat(memory.use(ID, NOW, EXPIRES)).isCompletedWithValue(Use.REPEATED);
    }

    @Test
    void anothersClaimThatStandsFirstHolds() {
        TopicReplayMemory memory = started(LONG);

        CompletableFuture<Use> use = memory.use(ID, NOW, EXPIRES);
        UsedToken claim = log.claim(1);
        log.append(new UsedToken(ID.hex(), EXPIRES, "g2", OTHER, claim.getClaim()), NOW);
        log.append(claim, NOW);

        assertThat(use).succeedsWithin(SOON).isEqualTo(Use.REPEATED);
    }

    @Test
    void whatAForerunnerUsedIsNotClaimedAgain() {
        TopicReplayMemory memory = start(LONG);
        log.append(new UsedToken(ID.hex(), EXPIRES, "g1", OTHER, 1L), BEGIN);
        log.append(log.mark(), NOW);
        assertThat(memory.ready()).succeedsWithin(SOON);

        assertThat(memory.use(ID, NOW, EXPIRES)).isCompletedWithValue(Use.REPEATED);
    }

    @Test
    void aClaimThatCannotBeWrittenIsNotConfirmedThoughItMayStandInTheLog() {
        TopicReplayMemory memory = started(LONG);

        CompletableFuture<Use> use = memory.use(ID, NOW, EXPIRES);
        UsedToken claim = log.claim(1);
        assertThat(log.producer.completeNext()).as("the mark").isTrue();
        assertThat(log.producer.errorNext(new KafkaException("broken"))).isTrue();
        assertThat(use).succeedsWithin(SOON).isEqualTo(Use.UNCONFIRMED);

        log.append(claim, NOW);
        await().atMost(SOON).until(() -> memory.recordsRead() == 2);
        assertThat(memory.use(ID, NOW, EXPIRES)).isCompletedWithValue(Use.REPEATED);
    }

    @Test
    void aMarkThatCannotBeWrittenIsToldToWhoeverWaitsForTheStart() {
        TopicReplayMemory memory = start(LONG);
        log.mark();

        log.producer.errorNext(new KafkaException("broken"));

        assertThat(memory.ready()).failsWithin(SOON).withThrowableThat().withRootCauseInstanceOf(KafkaException.class);
    }

    @Test
    void aClaimThatIsDecidedTooLateIsNotConfirmedAndUsesTheTokenUp() {
        TopicReplayMemory memory = started(Duration.ofMillis(50));

        CompletableFuture<Use> late = memory.use(ID, NOW, EXPIRES);
        UsedToken claim = log.claim(1);
        assertThat(late).succeedsWithin(SOON).isEqualTo(Use.UNCONFIRMED);
        log.append(claim, NOW);
        await().atMost(SOON).until(() -> memory.recordsRead() == 2);

        assertThat(memory.use(ID, NOW, EXPIRES)).isCompletedWithValue(Use.REPEATED);
    }

    /** How a topic stops being what it was. */
    enum Loss {
        GONE,
        MADE_ANEW;

        CompletableFuture<Uuid> id() {
            return this == GONE
                    ? CompletableFuture.failedFuture(new UnknownTopicOrPartitionException())
                    : CompletableFuture.completedFuture(Uuid.randomUuid());
        }
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void aTopicThatIsAnotherStopsItAndNothingIsConfirmedAnyMore(Loss loss) {
        TopicReplayMemory memory = started(LONG);
        CompletableFuture<Use> underWay = memory.use(ID, NOW, EXPIRES);
        UsedToken claim = log.claim(1);

        log.id = loss::id;

        assertThat(memory.ended())
                .failsWithin(SOON)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(ClaimsLostException.class);
        assertThat(underWay).succeedsWithin(SOON).isEqualTo(Use.UNCONFIRMED);
        log.append(claim, NOW);
        assertThat(memory.use(id(2), NOW, EXPIRES)).isCompletedWithValue(Use.UNCONFIRMED);
    }

    @Test
    void aTopicThatIsAnotherBeforeItsFirstRecordIsReadIsNotWritten() {
        log.id = Loss.MADE_ANEW::id; // another one each time it is asked

        TopicReplayMemory memory = start(LONG);
        assertThat(memory.ended()).failsWithin(SOON);
        memory.close();
        assertThat(log.producer.history()).isEmpty();
    }

    @Test
    void aTopicThatIsNotThereIsNoMemoryAndLeavesNoClientOpen() {
        log.id = Loss.GONE::id;

        assertThatThrownBy(() -> start(LONG)).isInstanceOf(IllegalStateException.class);

        assertThat(log.consumer.closed()).isTrue();
        assertThat(log.producer.closed()).isTrue();
    }

    @Test
    void aFaultInTheHandlingOfARecordIsNotTakenForOneThatPasses() {
        TopicReplayMemory memory = started(LONG);
        clockFails.set(true);

        log.append(new UsedToken(ID.hex(), EXPIRES, "g2", OTHER, 1L), NOW);

        assertThat(memory.ended()).failsWithin(SOON);
        assertThat(memory.use(ID, NOW, EXPIRES)).isCompletedWithValue(Use.UNCONFIRMED);
    }

    @Test
    void stampsThatAreNotTheBrokersStopIt() {
        TopicReplayMemory memory = started(LONG);

        log.append(new UsedToken(ID.hex(), EXPIRES, "g2", OTHER, 1L), NOW, TimestampType.CREATE_TIME);

        assertThat(memory.ended()).failsWithin(SOON);
    }

    @Test
    void whatIsTooOldToMatterIsLeftUnreadAndAMinuteMore() {
        for (int i = 0; i < 5; i++) {
            log.append(new TokenMemoryMark("g2", OTHER), BEGIN);
        }
        log.consumer.youngEnough(4);
        TopicReplayMemory memory = start(LONG);
        log.append(log.mark(), NOW);
        assertThat(memory.ready()).succeedsWithin(SOON);

        await().atMost(SOON).until(() -> memory.recordsRead() == 2);
        assertThat(log.consumer.askedFor()).isEqualTo(NOW.minus(Duration.ofMinutes(66)));
        assertThat(memory.use(ID, BEGIN.plusSeconds(59), EXPIRES)).isCompletedWithValue(Use.UNCONFIRMED);
        assertThat(memory.use(ID, BEGIN.plusSeconds(60), EXPIRES)).isNotDone();
    }

    @Test
    void aMemoryThatIsClosedConfirmsNothingAndEndsWell() {
        TopicReplayMemory memory = started(LONG);

        memory.close();

        assertThat(memory.use(ID, NOW, EXPIRES)).isCompletedWithValue(Use.UNCONFIRMED);
        assertThat(memory.ended()).isCompleted();
        assertThat(log.consumer.closed()).isTrue();
        assertThat(log.producer.closed()).isTrue();
    }

    private TopicReplayMemory start(Duration confirmWithin) {
        TopicReplayMemory memory = TopicReplayMemory.start(
                new TopicReplayMemory.Settings(ClaimLog.TOPIC, "g1", ME, confirmWithin, 100), log.clients(), clock);
        opened.complete(memory);
        return memory;
    }

    /** The memory of a log that began ten minutes ago. */
    private TopicReplayMemory started(Duration confirmWithin) {
        TopicReplayMemory memory = start(confirmWithin);
        log.append(log.mark(), BEGIN);
        assertThat(memory.ready()).succeedsWithin(SOON);
        return memory;
    }

    private void acknowledgeAll() {
        int written = log.producer.history().size();
        for (int i = 0; i < written; i++) {
            assertThat(log.producer.completeNext()).isTrue();
        }
    }

    private static Clock clock(InstantSource source) {
        return source.withZone(ZoneOffset.UTC);
    }

    private static TransactionId id(int n) {
        return new TransactionId("%032x".formatted(n));
    }
}
