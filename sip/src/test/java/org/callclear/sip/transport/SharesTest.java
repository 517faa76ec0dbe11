package org.callclear.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharesTest {
    @Test
    void howeverManyAreGreedyTheyLeaveAShareToOthers() {
        Shares<String> connections = new Shares<>(1_000, 900);
        for (int greedy = 1; greedy <= 9; greedy++) {
            String who = "greedy " + greedy;
            while (connections.mayTake(who)) {
                connections.take(who, 1);
            }
            assertThat(connections.mayTake("honest"))
                    .as("with %s greedy ones", greedy)
                    .isTrue();
        }
        assertThat(connections.held("greedy 1")).isEqualTo(500);
    }

    @Test
    void nobodyHasMoreThanTheMostThatOneMayHave() {
        Shares<String> connections = new Shares<>(1_000, 10);
        while (connections.mayTake("greedy")) {
            connections.take("greedy", 1);
        }

        assertThat(connections.held("greedy")).isEqualTo(10);
    }

    @Test
    void whoGivesAllBackIsForgotten() {
        Shares<String> bytes = new Shares<>(1_000, 1_000);
        bytes.take("a", 501);
        assertThat(bytes.isFair("a")).isFalse();
        bytes.take("a", -501);

        assertThat(bytes.holders()).isZero();
        assertThat(bytes.inAll()).isZero();
    }
}
