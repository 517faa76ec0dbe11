package org.callclear.bench.settle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * The child process that is one of several instances of a settlement job, with one thread. It takes an application id from its
 * standard input, settles until the next line comes, stops, and takes the next id, until its input ends.
 */
public final class SettlementInstance {
    private static final String ONE_THREAD = "1";

    private SettlementInstance() {}

    /**
     * Settles as it is told.
     *
     * @param args the broker's address, and a folder for stores and for word of each job; times are nanoseconds of the clock
     *     that all processes of a machine share
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]);
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String application = orders.readLine();
            while (application != null) {
                settle(args[0], folder, application, orders);
                application = orders.readLine();
            }
        }
    }

    /** Where an instance leaves word of the time at which a job's first record came to it; not there when none came. */
    public static Path firstOf(Path folder, String application) {
        return folder.resolve(application + ".first");
    }

    /** Where it leaves word that it has stopped. */
    public static Path stoppedOf(Path folder, String application) {
        return folder.resolve(application + ".stopped");
    }

    private static void settle(String address, Path folder, String application, BufferedReader orders)
            throws IOException {
        System.gc(); // What the job before left behind is not this one's work.
        FirstRecord first = new FirstRecord(now -> say(firstOf(folder, application), Long.toString(now)));
        Properties settings = Settings.of(
                address,
                application,
                folder.resolve(application),
                Map.of(StreamsConfig.NUM_STREAM_THREADS_CONFIG, ONE_THREAD));
        Settings.observe(settings, first);
        try (KafkaStreams streams = new KafkaStreams(SettlementUnderTest.topology(StoreKind.ROCKSDB), settings)) {
            streams.setUncaughtExceptionHandler(problem -> {
                problem.printStackTrace();
                Runtime.getRuntime().halt(1);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.start();
            var unused = orders.readLine();
            streams.close(Duration.ofSeconds(30));
        }
        say(stoppedOf(folder, application), "stopped");
    }

    private static void say(Path word, String text) {
        try {
            Files.writeString(word, text);
        } catch (IOException e) {
            throw new UncheckedIOException(word + ": cannot be written", e);
        }
    }
}
