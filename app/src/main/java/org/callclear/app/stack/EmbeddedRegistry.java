package org.callclear.app.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A real schema registry with the Confluent API, as a child process on the loopback address. Every change of a schema
 * must be fully compatible with all earlier versions.
 */
final class EmbeddedRegistry implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Duration ASK_EVERY = Duration.ofMillis(50);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final String LEVEL = "FULL_TRANSITIVE";
    private static final String FOLDER = "registry";
    private static final String JSON = "application/vnd.schemaregistry.v1+json";
    private static final int LAST_LINES = 3;

    private final RegistryProcess process;
    private final String url;
    private final Path log;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();

    private EmbeddedRegistry(RegistryProcess process, String url, Path log) {
        this.process = process;
        this.url = url;
        this.log = log;
    }

    /**
     * Starts it; on return it answers.
     *
     * @throws StackException when the port is taken, or it does not answer in time; names its log
     */
    static EmbeddedRegistry start(DataDirectory data, int port, Distribution distribution) {
        Path folder = data.resolve(FOLDER);
        RegistryProcess process;
        try {
            Files.createDirectories(folder);
            RegistryProcess.endLeftover(folder);
            LoopbackPorts.requireFree(port, "schema registry");
            process = RegistryProcess.start(distribution, folder, port);
        } catch (IOException e) {
            throw new StackException(
                    folder + ": the schema registry cannot start (" + StackException.rootOf(e) + ")", e);
        }
        String url = "http://" + LoopbackPorts.HOST + ":" + port + "/apis/ccompat/v7";
        EmbeddedRegistry registry = new EmbeddedRegistry(process, url, RegistryProcess.logOf(folder));
        try {
            registry.awaitReady();
            registry.requireCompatibility();
            return registry;
        } catch (RuntimeException e) {
            registry.close();
            throw e;
        }
    }

    /** The base URL for clients. */
    String url() {
        return url;
    }

    /** Done when the process ended by itself. */
    CompletableFuture<String> died() {
        return process.ended()
                .thenApply(p -> "the schema registry ended with status " + p.exitValue() + "; see " + log);
    }

    private void awaitReady() {
        long until = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < until) {
            if (!process.isAlive()) {
                throw new StackException(
                        "the schema registry ended while it started: " + lastWords() + " (" + log + ")");
            }
            try {
                if (send(HttpRequest.newBuilder(URI.create(url + "/subjects"))).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            pause();
        }
        throw new StackException("the schema registry did not answer at " + url + " within " + READY_WITHIN.toSeconds()
                + " s; see " + log);
    }

    private void requireCompatibility() {
        String wanted = "{\"compatibility\":\"" + LEVEL + "\"}";
        try {
            send(HttpRequest.newBuilder(URI.create(url + "/config"))
                    .header("Content-Type", JSON)
                    .PUT(HttpRequest.BodyPublishers.ofString(wanted)));
            String found =
                    send(HttpRequest.newBuilder(URI.create(url + "/config"))).body();
            if (!found.contains("\"" + LEVEL + "\"")) {
                throw new StackException("the schema registry at " + url + " would not take compatibility " + LEVEL
                        + ", it has " + found + "; see " + log);
            }
        } catch (IOException e) {
            throw new StackException("the schema registry at " + url + " stopped to answer; see " + log, e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(
                    request.timeout(ANSWER_WITHIN).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while the schema registry started", e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(ASK_EVERY.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while the schema registry started", e);
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
                    .toList();
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "it said nothing";
        }
    }

    @Override
    public void close() {
        process.close();
        http.close();
    }
}
