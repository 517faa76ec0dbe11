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
    private static final long LOOK_AGAIN_MILLIS = 10;

    private SettlementInstance() {}

    /**
     * Settles as it is told.
     *
     * @param args the broker's address, and a folder for stores and for the time when each job's first record came, in
     *     {@code APPLICATION.first}: nanoseconds of the clock that all processes of a machine share
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

    /** Where an instance leaves word of the time at which a job's first record came to it. */
    public static Path wordOf(Path folder, String application) {
        return folder.resolve(application + ".first");
    }

    private static void settle(String address, Path folder, String application, BufferedReader orders)
            throws IOException {
        System.gc(); // What the job before left behind is not this one's work.
        FirstRecord first = new FirstRecord();
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
            Path word = wordOf(folder, application);
            Thread teller = Thread.ofPlatform().daemon().start(() -> tell(first, word));
            var unused = orders.readLine();
            teller.interrupt(); // it may have had no record at all
            streams.close(Duration.ofSeconds(30));
        }
    }

    /** Says it at once: an instance may be killed later. */
    private static void tell(FirstRecord first, Path word) {
        try {
            while (first.nanosOrNever() == Long.MAX_VALUE) {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
        } catch (InterruptedException e) {
            // None came; that is said, too.
        }
        try {
            Files.writeString(word, Long.toString(first.nanosOrNever()));
        } catch (IOException e) {
            throw new UncheckedIOException(word + ": cannot be written", e);
        }
    }
}
