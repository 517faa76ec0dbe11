package org.callclear.bench.decode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.callclear.bench.child.Outcome;
import org.callclear.bench.child.Pass;
import org.callclear.bench.child.UseMeter;
import org.callclear.bench.kafka.Readers;
import org.callclear.schemas.topics.Topic;

/** The child process that only decodes the journal, with two threads: the least that any reader has to do. */
public final class DecodeRun {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int THREADS = 2;

    private DecodeRun() {}

    private record Part(long records, long first, long last) {}

    /**
     * Runs all passes.
     *
     * @param args the broker's address and process id, and the file for the outcome
     */
    public static void main(String[] args) throws InterruptedException, ExecutionException {
        String address = args[0];
        long broker = Long.parseLong(args[1]);
        Pass cold = pass(address, broker);
        for (int pass = 2; pass < Outcome.PASSES; pass++) {
            pass(address, broker);
        }
        new Outcome(cold, pass(address, broker)).write(Path.of(args[2]));
    }

    private static Pass pass(String address, long broker) throws InterruptedException, ExecutionException {
        System.gc(); // As before the passes of settlement.
        Readers.readThrough(address, Topic.SETTLEMENT_JOURNAL.topic());
        List<TopicPartition> all = Readers.partitions(address, Topic.SETTLEMENT_JOURNAL.topic());
        long begun = System.nanoTime();
        try (UseMeter meter = new UseMeter(broker);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Part>> parts = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                List<TopicPartition> mine = share(all, thread);
                parts.add(threads.submit(() -> decode(address, mine)));
            }
            return outcome(parts, begun, meter);
        }
    }

    private static List<TopicPartition> share(List<TopicPartition> all, int thread) {
        return all.stream().filter(p -> p.partition() % THREADS == thread).toList();
    }

    private static Pass outcome(List<Future<Part>> parts, long begun, UseMeter meter)
            throws InterruptedException, ExecutionException {
        long records = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Future<Part> future : parts) {
            Part part = future.get();
            records += part.records();
            first = Math.min(first, part.first());
            last = Math.max(last, part.last());
        }
        return new Pass(records, last - first, (first - begun) / 1_000_000, meter.read());
    }

    private static Part decode(String address, List<TopicPartition> mine) {
        try (KafkaConsumer<String, SpecificRecord> consumer = Readers.open(address, mine)) {
            long left = consumer.endOffsets(mine).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            long first = Long.MAX_VALUE;
            long records = 0;
            while (records < left) {
                ConsumerRecords<String, SpecificRecord> batch = consumer.poll(POLL);
                if (!batch.isEmpty()) {
                    first = Math.min(first, System.nanoTime());
                }
                records += batch.count();
            }
            return new Part(records, first, System.nanoTime());
        }
    }
}
