package org.callclear.settlement.stages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimersTest {
    private final Timers timers = new Timers();

    @Test
    void aTimerIsDueInTheFirstSecondThatIsNotBeforeIt() {
        timers.set("on the second", 5_000);
        timers.set("just after it", 5_001);
        assertThat(timers.due(4_000)).isEmpty();
        assertThat(timers.due(5_000)).containsExactly("on the second");
        assertThat(timers.due(6_000)).containsExactly("on the second", "just after it");
    }

    @Test
    void thoseDueComeByTimeAndThenByName() {
        timers.set("b", 1_500);
        timers.set("a", 1_500);
        timers.set("c", 1_400);
        timers.set("d", 900);
        assertThat(timers.due(60_000)).containsExactly("d", "c", "a", "b");
    }

    @Test
    void aTimerThatWasClearedIsNeverDue() {
        timers.set("a", 1_500);
        timers.set("b", 1_500);
        timers.clear("a", 1_500);
        timers.clear("nobody", 1_500);
        assertThat(timers.due(2_000)).containsExactly("b");
        timers.clear("b", 1_500);
        assertThat(timers.due(60_000)).isEmpty();
    }
}
