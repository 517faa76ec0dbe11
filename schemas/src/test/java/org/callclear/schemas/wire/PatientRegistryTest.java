package org.callclear.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry that is silent so many times before it answers. */
class PatientRegistryTest {
    private static final Duration SOON = Duration.ofMillis(300);
    /** Long enough for a busy machine to answer. */
    private static final Duration LATE = Duration.ofSeconds(3);

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private OneAnswer registry;
    private int silent;

    @BeforeEach
    void start() throws IOException {
        registry = OneAnswer.with("[\"one\"]", request -> {
            if (asked.incrementAndGet() <= silent) {
                await();
            }
        });
    }

    @AfterEach
    void stop() {
        over.countDown();
        registry.close();
    }

    @Test
    void aRequestThatIsNotAnsweredIsMadeAgain() throws Exception {
        silent = 1;
        assertThat(patient(LATE).getAllSubjects()).containsExactly("one");
        assertThat(asked).hasValue(2);
    }

    @Test
    void aRegistryThatStaysSilentIsGivenUp() {
        silent = Integer.MAX_VALUE;
        assertThatThrownBy(() -> patient(SOON).getAllSubjects()).isInstanceOf(SocketTimeoutException.class);
        assertThat(asked).hasValue(3);
    }

    private PatientRegistry patient(Duration answerWithin) {
        return new PatientRegistry(registry.url(), answerWithin);
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
