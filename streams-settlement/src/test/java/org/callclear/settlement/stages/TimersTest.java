package org.callclear.settlement.stages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
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
        Timers.Timer a = timers.set("a", 1_500);
        Timers.Timer b = timers.set("b", 1_500);
        timers.clear(a);
        assertThat(timers.due(2_000)).containsExactly("b");
        timers.clear(b);
        assertThat(timers.due(60_000)).isEmpty();
    }

    @Test
    void anyAreClearedInAnyOrderAndTheRestIsDueAsBefore() {
        Random random = new Random(7);
        Map<String, Timers.Timer> set = new TreeMap<>();
        Map<String, Long> untils = new TreeMap<>();
        for (int step = 0; step < 20_000; step++) {
            String call = "call-" + random.nextInt(500);
            Timers.Timer known = set.remove(call);
            untils.remove(call);
            if (known != null) {
                timers.clear(known);
            }
            if (random.nextInt(3) > 0) {
                long until = random.nextInt(40_000);
                set.put(call, timers.set(call, until));
                untils.put(call, until);
            }
            if (step % 100 == 0) {
                long now = random.nextInt(41) * 1000L;
                assertThat(timers.due(now)).as("step %d", step).isEqualTo(due(untils, now));
            }
        }
    }

    private static List<String> due(Map<String, Long> untils, long now) {
        return untils.entrySet().stream()
                .filter(entry -> entry.getValue() <= now)
                .sorted(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
