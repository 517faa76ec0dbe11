package org.callclear.gateways.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CommitLedgerTest {
    private static final TopicPartition P0 = new TopicPartition("t", 0);

    private final CommitLedger ledger = new CommitLedger();

    @Test
    void nothingIsCommittedBehindARecordThatIsNotDone() {
        take(5, 6, 7);
        ledger.done(P0, 6);
        ledger.done(P0, 7);

        assertThat(ledger.committable()).isEmpty();
        ledger.done(P0, 5);
        assertThat(ledger.committable()).isEqualTo(Map.of(P0, new OffsetAndMetadata(8)));
        assertThat(ledger.committable()).isEmpty();
    }

    @Test
    void aRecordThatComesAgainIsNotTakenAgain() {
        assertThat(ledger.take(P0, 5)).isTrue();

        assertThat(ledger.take(P0, 5)).isFalse();
        assertThat(ledger.take(P0, 4)).isFalse();
        assertThat(ledger.take(P0, 6)).isTrue();
    }

    @Test
    void whatCouldNotBeCommittedIsOfferedAgain() {
        take(5);
        ledger.done(P0, 5);
        Map<TopicPartition, OffsetAndMetadata> offered = ledger.committable();

        ledger.again(offered.keySet());

        assertThat(ledger.committable()).isEqualTo(offered);
    }

    @Test
    void aPartitionGivenUpIsNotCommittedFromHereAnyMore() {
        take(5, 6);
        ledger.done(P0, 5);

        ledger.release(Set.of(P0));
        ledger.done(P0, 6);

        assertThat(ledger.committable()).isEmpty();
        assertThat(ledger.take(P0, 6)).isFalse();
    }

    @Test
    void aPartitionThatComesBackIsNotCommittedPastWhatIsStillInJudgement() {
        take(5, 6);
        ledger.done(P0, 6);
        ledger.release(Set.of(P0));

        take(5, 6, 7);
        ledger.done(P0, 7);
        assertThat(ledger.committable()).isEmpty();

        ledger.done(P0, 5);
        assertThat(ledger.committable()).isEqualTo(Map.of(P0, new OffsetAndMetadata(8)));
    }

    @Test
    void whatWasDoneAfterItsPartitionWentIsCommittedWhenItComesBack() {
        take(5);
        ledger.release(Set.of(P0));
        ledger.done(P0, 5);
        assertThat(ledger.committable()).isEmpty();

        assertThat(ledger.take(P0, 5)).isFalse();

        assertThat(ledger.committable()).isEqualTo(Map.of(P0, new OffsetAndMetadata(6)));
    }

    @Test
    void whatAnotherCommittedMeanwhileHoldsNothingUp() {
        take(5);
        ledger.release(Set.of(P0));

        assertThat(ledger.take(P0, 9)).isTrue();
        ledger.done(P0, 9);

        assertThat(ledger.committable()).isEqualTo(Map.of(P0, new OffsetAndMetadata(10)));
    }

    @Test
    void whatWasGivenUpIsToldUntilItIsLookedAfter() {
        take(5, 6);
        assertThat(ledger.givenUp()).isEmpty();

        ledger.release(Set.of(P0));
        assertThat(ledger.givenUp()).isEqualTo(Map.of(P0, 7L));
        ledger.left(Set.of(P0));
        assertThat(ledger.givenUp()).isEmpty();

        take(9);
        ledger.release(Set.of(P0));
        assertThat(ledger.givenUp()).isEqualTo(Map.of(P0, 10L));
    }

    private void take(long... offsets) {
        for (long offset : offsets) {
            ledger.take(P0, offset);
        }
    }
}
