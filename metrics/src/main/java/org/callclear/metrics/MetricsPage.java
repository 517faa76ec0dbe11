package org.callclear.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page {@code /metrics} of a process, over plain HTTP: what its parties count, and the state of its JVM. It only reads, and
 * knows no secrets; but it tells how much business there is, so it belongs on an address that only the operator's collector reaches.
 */
public final class MetricsPage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsPage.class);
    private static final String PATH = "/metrics";
    private static final String ASKS_FOR_OPEN_METRICS = "application/openmetrics-text";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int BACKLOG = 16;

    private final MeterBook book;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private MetricsPage(MeterBook book, HttpServer server) {
        this.book = book;
        this.server = server;
        server.setExecutor(workers);
        server.createContext("/", this::serve);
    }

    /**
     * Serves the page from now on.
     *
     * @param book what it shows; stays the caller's
     * @param listen with port 0: a free one
     * @throws IllegalStateException naming the address, when it cannot be bound
     */
    public static MetricsPage open(MeterBook book, InetSocketAddress listen) {
        try {
            MetricsPage page = new MetricsPage(book, HttpServer.create(listen, BACKLOG));
            page.server.start();
            if (!listen.getAddress().isLoopbackAddress()) {
                LOG.warn("{}: whoever reaches it can read how much business there is", page.url());
            }
            return page;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "metrics.listen " + listen.getHostString() + ":" + listen.getPort() + ": " + e.getMessage(), e);
        }
    }

    /** Where it is, with the port it really has. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** The same as it is typed into a browser. */
    public String url() {
        return "http://" + address().getAddress().getHostAddress() + ":"
                + address().getPort() + PATH;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!PATH.equals(exchange.getRequestURI().getPath())) {
                answer(exchange, NOT_FOUND, "only " + PATH + " is here\n");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                answer(exchange, NOT_ALLOWED, "it can only be read\n");
            } else {
                page(exchange);
            }
        } catch (RuntimeException e) {
            LOG.error("the page of metrics could not be made", e);
        }
    }

    private void page(HttpExchange exchange) throws IOException {
        List<String> accepted = exchange.getRequestHeaders().getOrDefault("Accept", List.of());
        MeterBook.Form form = accepted.stream().anyMatch(types -> types.contains(ASKS_FOR_OPEN_METRICS))
                ? MeterBook.Form.OPEN_METRICS
                : MeterBook.Form.PLAIN;
        byte[] text = book.text(form).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", form.type());
        exchange.sendResponseHeaders(OK, text.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(text);
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdown();
    }
}
