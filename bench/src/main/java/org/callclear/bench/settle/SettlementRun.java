package org.callclear.bench.settle;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.callclear.bench.child.Outcome;
import org.callclear.bench.child.UseMeter;
import org.callclear.bench.journal.Traffic;
import org.callclear.bench.kafka.Readers;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Topic;
import org.jspecify.annotations.Nullable;

/**
 * The child process that settles: the clock runs from the first records that a stream thread is handed until a reader of
 * committed records has the closing statement of every carrier.
 */
public final class SettlementRun {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMinutes(20);

    private final FirstRecord first = new FirstRecord();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private SettlementRun() {}

    /**
     * Runs once.
     *
     * @param args the broker's address, application id, kind of store, folder for the stores, file for the outcome, file
     *     for a flight recording or "-", then settings of Streams to try, as {@code name=value}
     */
    public static void main(String[] args) throws IOException, ParseException {
        Map<String, String> own = new HashMap<>();
        for (int i = 6; i < args.length; i++) {
            String[] setting = args[i].split("=", 2);
            own.put(setting[0], setting[1]);
        }
        Properties settings = Settings.of(args[0], args[1], Path.of(args[3]), own);
        Outcome outcome = new SettlementRun().run(args[0], settings, StoreKind.valueOf(args[2]), args[5]);
        outcome.write(Path.of(args[4]));
    }

    private Outcome run(String address, Properties settings, StoreKind kind, String profile)
            throws IOException, ParseException {
        Settings.observe(settings, first);
        try (KafkaConsumer<String, SpecificRecord> statements = Readers.open(address, statements());
                KafkaStreams streams = new KafkaStreams(SettlementUnderTest.topology(kind), settings);
                UseMeter meter = new UseMeter();
                Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
            statements.poll(POLL);
            if (!"-".equals(profile)) {
                recording.start();
            }
            long begun = System.nanoTime();
            streams.setUncaughtExceptionHandler(this::failed);
            streams.start();
            long ended = awaitAll(statements);
            Outcome outcome = new Outcome(
                    0,
                    ended - first.nanos(),
                    ended - first.warmFrom(),
                    (first.nanos() - begun) / 1_000_000,
                    meter.read());
            if (!"-".equals(profile)) {
                recording.stop();
                recording.dump(Path.of(profile));
            }
            streams.close(Duration.ofSeconds(30));
            return outcome;
        }
    }

    private StreamThreadExceptionResponse failed(Throwable problem) {
        failure.compareAndSet(null, problem);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** The time when the last carrier's statement had come. */
    private long awaitAll(KafkaConsumer<String, SpecificRecord> statements) {
        long until = System.nanoTime() + LONGEST.toNanos();
        Set<String> came = new HashSet<>();
        while (came.size() < Traffic.carriers().size()) {
            for (ConsumerRecord<String, SpecificRecord> statement : statements.poll(POLL)) {
                came.add(statement.topic());
            }
            if (failure.get() != null || System.nanoTime() > until) {
                throw new IllegalStateException("only " + came.size() + " statements came", failure.get());
            }
        }
        return System.nanoTime();
    }

    private static List<TopicPartition> statements() {
        return Traffic.carriers().stream()
                .map(carrier -> new TopicPartition(Topic.STATEMENTS.of(new CarrierId(carrier)), 0))
                .toList();
    }
}
