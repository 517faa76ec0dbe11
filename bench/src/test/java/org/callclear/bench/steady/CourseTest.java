package org.callclear.bench.steady;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.callclear.bench.sip.Ends;
import org.callclear.bench.sip.Sipp;
import org.junit.jupiter.api.Test;

class CourseTest {
    private static final Instant BEGUN = Instant.parse("2026-11-29T10:00:00Z");
    private static final Quantity LAG = Quantity.lagOf("INTAKE");

    private final List<Look> looks = new ArrayList<>();

    @Test
    void theMostOfEachPartCounts() {
        seen(1, 4);
        seen(9, 7);
        seen(12, 5);
        seen(51, 9);
        seen(59, 2);

        assertThat(course().mostByPart(LAG)).containsExactly(7.0, 5.0, Double.NaN, Double.NaN, Double.NaN, 9.0);
        assertThat(course().most(LAG)).isEqualTo(9.0);
        assertThat(course().growth(LAG)).isEqualTo(2.0);
    }

    @Test
    void aReaderThatBeginsLaterGrowsFromThere() {
        seen(1, Double.NaN);
        seen(21, 40);
        seen(55, 100);

        assertThat(course().growth(LAG)).isEqualTo(60.0);
    }

    @Test
    void whatIsSeenAfterTheLastPartDoesNotCount() {
        seen(61, 1_000);

        assertThat(course().quantities()).isEmpty();
        assertThat(course().growth(LAG)).isNaN();
    }

    private void seen(int second, double records) {
        looks.add(new Look(BEGUN.plusSeconds(second), Map.of(LAG, records)));
    }

    private Course course() {
        Ends ends = new Ends(0, 0, 0, 0);
        Course.Holding nothing = new Course.Holding(new LiveObjects(Map.of()), Map.of(), 0);
        return new Course(
                new Sipp.Run(ends, ends, Optional.empty(), 60, false),
                BEGUN,
                Duration.ofSeconds(10),
                looks,
                0,
                new GcLog(List.of(), List.of()),
                nothing,
                nothing,
                0);
    }
}
