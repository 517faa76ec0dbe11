package org.callclear.bench.authorize;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.callclear.bench.child.JavaChild;
import org.callclear.bench.harness.TemporaryFolder;
import org.callclear.schemas.topics.Party;

/**
 * A process that asks, round after round: one that is new for each round is measured with its compiler at work.
 *
 * @param process the {@link AskingSide}
 * @param folder where it leaves what came
 */
record Asking(JavaChild process, Path folder) implements AutoCloseable {
    private static final Duration ROUND = Duration.ofMinutes(5);

    /**
     * Starts it; it asks nothing yet.
     *
     * @param as who asks
     * @param whom {@code clearinghouse} or the {@link Echo#word}
     */
    static Asking open(Ground ground, Party as, String whom) {
        Path folder = TemporaryFolder.made(ground.folder().resolve("told-" + whom));
        List<String> arguments = new ArrayList<>(Access.words(ground.accessFor(as)));
        arguments.add(whom);
        arguments.add(folder.toString());
        return new Asking(
                JavaChild.start(
                        ground.folder().resolve("asking-" + whom + ".out"),
                        List.of("-Xmx512m", "-XX:+UseParallelGC"),
                        AskingSide.class.getName(),
                        arguments),
                folder);
    }

    /**
     * Has it ask; {@link #told} waits for the end.
     *
     * @param round its name, which is that of a file
     */
    void begin(String round, List<Load> loads) {
        process.tell(Stream.concat(Stream.of(round), loads.stream().map(Load::word))
                .collect(Collectors.joining(AskingSide.BETWEEN)));
    }

    /** Waits for the end of a round that was begun: what came, load by load, what warmed it up included. */
    List<Told> told(String round) {
        Path file = folder.resolve(round);
        process.await("round " + round, file, ROUND);
        try {
            List<Told> told = new ObjectMapper().readValue(file.toFile(), new TypeReference<List<Told>>() {});
            System.err.println("bench: " + folder.getFileName() + ", " + round + ": " + told);
            return told;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
