package org.callclear.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private int silent;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/subjects", exchange -> {
            if (asked.incrementAndGet() <= silent) {
                await();
            }
            byte[] body = "[\"one\"]".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void aRequestThatIsNotAnsweredIsMadeAgain() throws Exception {
        silent = 1;
        assertThat(registry(LATE).getAllSubjects()).containsExactly("one");
        assertThat(asked).hasValue(2);
    }

    @Test
    void aRegistryThatStaysSilentIsGivenUp() {
        silent = Integer.MAX_VALUE;
        assertThatThrownBy(() -> registry(SOON).getAllSubjects()).isInstanceOf(SocketTimeoutException.class);
        assertThat(asked).hasValue(3);
    }

    private PatientRegistry registry(Duration answerWithin) {
        return new PatientRegistry("http://127.0.0.1:" + server.getAddress().getPort(), answerWithin);
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
