package org.callclear.app.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is done at once, and what only after something else. */
class TogetherTest {
    private final List<String> done = new CopyOnWriteArrayList<>();

    @Test
    void tasksRunAtOnce() {
        CountDownLatch met = new CountDownLatch(2);
        try (Together together = new Together()) {
            for (String name : List.of("one", "other")) {
                together.run(() -> {
                    met.countDown();
                    if (isOpenSoon(met)) {
                        done.add(name);
                    }
                });
            }
        }
        assertThat(done).containsExactlyInAnyOrder("one", "other");
    }

    @Test
    void aTaskWaitsForAllThatItComesAfter() {
        CountDownLatch slow = new CountDownLatch(1);
        try (Together together = new Together()) {
            Together.Task first = together.run(() -> done.add("first"));
            Together.Task second = together.run(() -> {
                if (isOpenSoon(slow)) {
                    done.add("second");
                }
            });
            Together.Task third = together.run(() -> done.add("third"), first, second);
            together.run(() -> done.add("fourth"), third);
            slow.countDown();
        }
        assertThat(done).endsWith("third", "fourth").contains("first", "second").hasSize(4);
    }

    @Test
    void nothingComesAfterWhatFailedAndTheOthersAreWaitedFor() {
        CountDownLatch failed = new CountDownLatch(1);
        IllegalStateException why = new IllegalStateException("no key");
        assertThatThrownBy(() -> {
                    try (Together together = new Together()) {
                        Together.Task bad = together.run(() -> {
                            failed.countDown();
                            throw why;
                        });
                        Together.Task after = together.run(() -> done.add("after"), bad);
                        together.run(() -> done.add("after that"), after);
                        together.run(() -> {
                            if (isOpenSoon(failed)) {
                                done.add("other");
                            }
                        });
                    }
                })
                .isSameAs(why);
        assertThat(done).containsExactly("other");
    }

    private static boolean isOpenSoon(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
