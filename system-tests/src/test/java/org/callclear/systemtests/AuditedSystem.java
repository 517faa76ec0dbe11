package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One system in which a demo has closed a period, and which runs on: for all audit tests of one launch, which change nothing in it. */
final class AuditedSystem implements AutoCloseable {
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    private final CompletableFuture<Typed> up;
    private final Path folder;
    private final String statement;

    private AuditedSystem() throws Exception {
        folder = Files.createTempDirectory("callclear-audited");
        Typed demo = Typed.run("demo", "--calls", "10", "--exit", "--json", "--data", data());
        assertThat(demo.code()).as(demo.err()).isZero();
        statement = demo.lastLine()
                .path("statement")
                .path("header")
                .path("statement_id")
                .asText();
        CompletableFuture<Void> serving = new CompletableFuture<>();
        up = CompletableFuture.supplyAsync(
                () -> Typed.run(
                        died -> {
                            serving.complete(null);
                            end.join();
                        },
                        "up",
                        "--data",
                        data()),
                thread);
        try {
            CompletableFuture.anyOf(serving, up).get(120, TimeUnit.SECONDS);
            assertThat(serving).as("up ended before it served").isCompleted();
        } catch (Exception | AssertionError e) {
            end.complete("");
            throw e;
        }
    }

    /** Gives a test class the system. */
    static final class Given implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == AuditedSystem.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .getOrComputeIfAbsent(AuditedSystem.class, key -> started(), AuditedSystem.class);
        }

        private static AuditedSystem started() {
            try {
                return new AuditedSystem();
            } catch (Exception e) {
                throw new ParameterResolutionException("no system to audit", e);
            }
        }
    }

    /** Its data directory. */
    String data() {
        return folder.resolve("data").toString();
    }

    /** Id of the statement of the demo's originating carrier. */
    String statement() {
        return statement;
    }

    @Override
    public void close() throws Exception {
        end.complete("");
        assertThat(up.get(60, TimeUnit.SECONDS).code()).isZero();
        thread.shutdown();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
