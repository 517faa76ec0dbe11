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
import org.callclear.bench.child.Pass;
import org.callclear.bench.child.UseMeter;
import org.callclear.bench.journal.Traffic;
import org.callclear.bench.kafka.Readers;
import org.callclear.bench.kafka.Topics;
import org.callclear.schemas.topics.Topic;
import org.jspecify.annotations.Nullable;

/**
 * The child process that settles over and over: once from cold, and then, each time on empty topics and stores, with what
 * the virtual machine has compiled by then. The first and the last pass are told. The clock runs from the first records that a stream thread is handed until a
 * reader of committed records has the closing statement of every carrier.
 */
public final class SettlementRun {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final int OWN_SETTINGS = 7;
    private static final String NO_PROFILE = "-";

    private final FirstRecord first = new FirstRecord();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private SettlementRun() {}

    /**
     * What is the same for all passes.
     *
     * @param address the broker's
     * @param broker its process id
     * @param stores folder for the stores
     * @param own settings of Streams to try
     */
    private record Setup(
            String address, long broker, String application, StoreKind kind, Path stores, Map<String, String> own) {
        Properties settings(String pass) {
            return Settings.of(address, application + pass, stores.resolve(pass), own);
        }
    }

    /**
     * Runs all passes.
     *
     * @param args the broker's address, its process id, application id, kind of store, folder for the stores, file for the
     *     outcome, file for a flight recording of the last pass or "-", then settings of Streams to try, as
     *     {@code name=value}
     */
    public static void main(String[] args) throws IOException, ParseException {
        Map<String, String> own = new HashMap<>();
        for (int i = OWN_SETTINGS; i < args.length; i++) {
            String[] setting = args[i].split("=", 2);
            own.put(setting[0], setting[1]);
        }
        Setup setup =
                new Setup(args[0], Long.parseLong(args[1]), args[2], StoreKind.valueOf(args[3]), Path.of(args[4]), own);
        Pass cold = new SettlementRun().run(setup, "-cold", NO_PROFILE);
        for (int pass = 2; pass < Outcome.PASSES; pass++) {
            clear(setup);
            new SettlementRun().run(setup, "-" + pass, NO_PROFILE);
        }
        clear(setup);
        Pass warm = new SettlementRun().run(setup, "-warm", args[6]);
        new Outcome(cold, warm).write(Path.of(args[5]));
    }

    private static void clear(Setup setup) {
        Topics topics = new Topics(setup.address(), Traffic.carriers());
        topics.removeResults();
        topics.make();
    }

    private Pass run(Setup setup, String pass, String profile) throws IOException, ParseException {
        System.gc(); // What the pass before left behind is not this one's work.
        Readers.readThrough(setup.address(), Topic.SETTLEMENT_JOURNAL.topic());
        Properties settings = setup.settings(pass);
        Settings.observe(settings, first);
        try (KafkaConsumer<String, SpecificRecord> statements = Readers.open(setup.address(), statements());
                KafkaStreams streams = new KafkaStreams(SettlementUnderTest.topology(setup.kind()), settings);
                UseMeter meter = new UseMeter(setup.broker());
                Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
            statements.poll(POLL);
            if (!NO_PROFILE.equals(profile)) {
                recording.start();
            }
            long begun = System.nanoTime();
            streams.setUncaughtExceptionHandler(this::failed);
            streams.start();
            long ended = awaitAll(statements);
            Pass done = new Pass(0, ended - first.nanos(), (first.nanos() - begun) / 1_000_000, meter.read());
            if (!NO_PROFILE.equals(profile)) {
                recording.stop();
                recording.dump(Path.of(profile));
            }
            streams.close(Duration.ofSeconds(30));
            return done;
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
                came.add(statement.key());
            }
            if (failure.get() != null || System.nanoTime() > until) {
                throw new IllegalStateException("only " + came.size() + " statements came", failure.get());
            }
        }
        return System.nanoTime();
    }

    private static List<TopicPartition> statements() {
        return List.of(new TopicPartition(Topic.STATEMENT_DRAFTS.topic(), 0));
    }
}
