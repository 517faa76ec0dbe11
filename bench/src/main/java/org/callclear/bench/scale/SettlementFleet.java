package org.callclear.bench.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.callclear.bench.child.JavaChild;
import org.callclear.bench.harness.TemporaryFolder;
import org.callclear.bench.harness.Wait;
import org.callclear.bench.journal.Traffic;
import org.callclear.bench.kafka.Readers;
import org.callclear.bench.settle.SettlementInstance;
import org.callclear.schemas.topics.Topic;

/** Instances of settlement, each a process with one thread, that settle a journal together, one pass after the other. */
public final class SettlementFleet implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final long LONGEST_NANOS = 600_000_000_000L;
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(60);
    private static final double A_THIRD = 1.0 / 3;
    private static final List<String> JAVA = List.of(
            "-Xms512m",
            "-Xmx512m",
            "-Xmn256m",
            "-XX:+UseParallelGC",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UseCompactObjectHeaders");

    private final String address;
    private final Map<TopicPartition, Long> ends;
    private final List<Member> members = new ArrayList<>();

    /** What happens when a third of the journal is settled. */
    public enum Event {
        /** Nothing. */
        NONE,
        /** The last instance joins; it is the only one that did not begin with the others. */
        JOIN,
        /** The last instance is ended as {@code kill -9} does, and does not come back. */
        KILL
    }

    /**
     * What one pass came to.
     *
     * @param seconds from the first record that any instance was handed to the last carrier's statement
     * @param standstill the longest time for which a partition of the journal did not move, s
     * @param cpuSeconds processor time of all instances that are left
     */
    public record Pass(double seconds, double standstill, double cpuSeconds) {}

    private record Member(JavaChild process, Path folder) {}

    /**
     * Starts the processes; they wait for the first pass.
     *
     * @param ends of the journal's partitions
     * @param folder for what they keep
     */
    public SettlementFleet(String address, Map<TopicPartition, Long> ends, Path folder, int size) {
        this.address = address;
        this.ends = Map.copyOf(ends);
        for (int number = 1; number <= size; number++) {
            Path own = TemporaryFolder.made(folder.resolve("instance-" + number));
            members.add(new Member(
                    JavaChild.start(
                            own.resolve("out"),
                            JAVA,
                            SettlementInstance.class.getName(),
                            List.of(address, own.toString())),
                    own));
        }
    }

    /**
     * Settles the whole journal as a job of its own. After {@link Event#KILL} there is one instance less.
     *
     * @throws IllegalStateException when statements do not come
     */
    public Pass pass(String application, Event event) {
        Member last = members.getLast();
        List<Member> first = List.copyOf(event == Event.JOIN ? members.subList(0, members.size() - 1) : members);
        first.forEach(member -> member.process().tell(application));
        boolean happened = event == Event.NONE;
        Map<Long, Long> before = members.stream()
                .map(member -> member.process().id())
                .collect(Collectors.toMap(id -> id, JavaChild::cpuNanos));
        try (KafkaConsumer<String, SpecificRecord> statements = Readers.open(address, drafts());
                Progress progress = new Progress(address, application, ends)) {
            Set<String> came = new HashSet<>();
            long until = System.nanoTime() + LONGEST_NANOS;
            while (came.size() < Traffic.carriers().size()) {
                statements.poll(POLL).forEach(statement -> came.add(statement.key()));
                progress.look();
                if (!happened && progress.part() > A_THIRD) {
                    happen(event, last, application);
                    happened = true;
                }
                if (System.nanoTime() > until
                        || members.stream().anyMatch(member -> !member.process().isAlive())) {
                    throw new IllegalStateException("only " + came.size() + " statements came; the last instance said: "
                            + last.process().tail());
                }
            }
            long done = System.nanoTime();
            if (!happened) {
                throw new IllegalStateException("all was settled before a third was seen to be: more CDRs are needed");
            }
            long cpu = members.stream()
                    .map(member -> member.process().id())
                    .mapToLong(id -> JavaChild.cpuNanos(id) - Objects.requireNonNull(before.get(id)))
                    .sum();
            return new Pass(
                    (done - firstRecord(first, application)) / 1e9,
                    progress.longest().toNanos() / 1e9,
                    cpu / 1e9);
        }
    }

    private void happen(Event event, Member last, String application) {
        if (event == Event.JOIN) {
            last.process().tell(application);
        } else {
            last.process().kill();
            members.remove(last);
        }
    }

    /** Stops the job; the time when the first record came to any instance of it. */
    private long firstRecord(List<Member> began, String application) {
        members.forEach(member -> member.process().tell("stop"));
        members.forEach(member -> Wait.until(
                "stop of " + application,
                STOPS_WITHIN,
                () -> Files.exists(SettlementInstance.stoppedOf(member.folder(), application))));
        return began.stream()
                .map(member -> SettlementInstance.firstOf(member.folder(), application))
                .filter(Files::exists)
                .mapToLong(SettlementFleet::read)
                .min()
                .orElseThrow(() -> new IllegalStateException(application + ": nobody had a record"));
    }

    private static long read(Path word) {
        try {
            return Long.parseLong(Files.readString(word));
        } catch (IOException e) {
            throw new UncheckedIOException(word + ": cannot be read", e);
        }
    }

    private static List<TopicPartition> drafts() {
        return List.of(new TopicPartition(Topic.STATEMENT_DRAFTS.topic(), 0));
    }

    @Override
    public void close() {
        members.forEach(member -> member.process().close());
    }
}
