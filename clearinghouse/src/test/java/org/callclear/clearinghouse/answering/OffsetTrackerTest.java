package org.callclear.clearinghouse.answering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OffsetTrackerTest {
    @Test
    void nothingIsCommittedPastARecordThatIsNotFinished() {
        OffsetTracker tracker = new OffsetTracker(10);
        tracker.started(10);
        tracker.started(11);
        tracker.started(13);

        tracker.finished(11);
        tracker.finished(13);

        assertThat(tracker.committable()).isEqualTo(10);
    }

    @Test
    void whenAllIsFinishedTheNextOffsetIsCommitted() {
        OffsetTracker tracker = new OffsetTracker(10);
        tracker.started(12);

        tracker.finished(12);

        assertThat(tracker.committable()).isEqualTo(13);
    }

    @Test
    void beforeTheFirstRecordThePositionIsCommitted() {
        assertThat(new OffsetTracker(7).committable()).isEqualTo(7);
    }

    @Test
    void inWhateverOrderRecordsFinishTheCommittableOffsetNeverGoesBackNorPastAnOpenOne() {
        for (long seed = 0; seed < 200; seed++) {
            OffsetTracker tracker = new OffsetTracker(0);
            List<Long> open = new ArrayList<>();
            for (long offset = 0; offset < 50; offset++) {
                tracker.started(offset);
                open.add(offset);
            }
            Collections.shuffle(open, new Random(seed));
            long before = 0;
            while (!open.isEmpty()) {
                tracker.finished(open.removeLast());
                long lowest = open.stream().min(Long::compare).orElse(50L);
                assertThat(tracker.committable())
                        .as("seed %d", seed)
                        .isEqualTo(lowest)
                        .isGreaterThanOrEqualTo(before);
                before = tracker.committable();
            }
        }
    }
}
