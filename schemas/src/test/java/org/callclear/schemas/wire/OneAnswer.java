package org.callclear.schemas.wire;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** A registry on the loopback address that has one answer for everybody. */
final class OneAnswer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private OneAnswer(HttpServer server) {
        this.server = server;
    }

    /** @param asked hears of each request, as {@code POST /subjects/a}, before it is answered, and may keep it waiting */
    static OneAnswer with(String json, Consumer<String> asked) throws IOException {
        OneAnswer registry =
                new OneAnswer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        registry.server.setExecutor(registry.threads);
        registry.server.createContext("/", exchange -> {
            asked.accept(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        registry.server.start();
        return registry;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
