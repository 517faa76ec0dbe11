package org.callclear.bench.authorize;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.callclear.bench.child.JavaChild;
import org.callclear.schemas.topics.Party;

/**
 * A process that asks.
 *
 * @param process the {@link AskingSide}
 * @param file where it leaves what came
 */
record Asking(JavaChild process, Path file) {
    private static final long AT_MOST_SECONDS = 300;

    /**
     * Begins.
     *
     * @param as who asks
     * @param whom {@code clearinghouse} or the {@link Echo#word}
     * @param name of this round, for its file
     */
    static Asking start(Ground ground, Party as, String whom, String name, List<Load> loads) {
        Path file = ground.folder().resolve("told-" + name + ".json");
        List<String> arguments = new ArrayList<>(Access.words(ground.accessFor(as)));
        arguments.add(whom);
        arguments.add(file.toString());
        loads.forEach(load -> arguments.add(load.word()));
        return new Asking(
                JavaChild.start(
                        ground.folder().resolve("asking.out"),
                        List.of("-Xmx512m", "-XX:+UseParallelGC"),
                        AskingSide.class.getName(),
                        arguments),
                file);
    }

    /** Waits for its end: what came, load by load, what warmed it up included. */
    List<Told> finished() {
        process.finish(AT_MOST_SECONDS);
        try {
            List<Told> told = new ObjectMapper().readValue(file.toFile(), new TypeReference<List<Told>>() {});
            System.err.println("bench: " + file.getFileName() + ": " + told);
            return told;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }
}
