package org.callclear.bench.scale;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a job is in the journal, by what it committed, and the longest time for which a partition of it stood still. */
final class Progress implements AutoCloseable {
    private final Admin admin;
    private final String application;
    private final Map<TopicPartition, Long> ends;
    private final Map<TopicPartition, Long> at = new HashMap<>();
    private final Map<TopicPartition, Long> movedNanos = new HashMap<>();
    private long longestNanos;

    /**
     * Nothing is done yet.
     *
     * @param ends of the journal's partitions
     */
    Progress(String address, String application, Map<TopicPartition, Long> ends) {
        this.admin = Admin.create(Map.of("bootstrap.servers", address));
        this.application = application;
        this.ends = Map.copyOf(ends);
    }

    /** Looks again. The time before a partition's first commit is no standstill, nor is that after its end. */
    void look() {
        Map<TopicPartition, OffsetAndMetadata> committed = committed();
        long now = System.nanoTime();
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            TopicPartition partition = end.getKey();
            OffsetAndMetadata position = committed.get(partition);
            long before = at.getOrDefault(partition, 0L);
            if (position == null || position.offset() == 0 || before >= end.getValue()) {
                continue;
            }
            if (before > 0) {
                longestNanos = Math.max(longestNanos, now - Objects.requireNonNull(movedNanos.get(partition)));
            }
            if (position.offset() > before) {
                at.put(partition, position.offset());
                movedNanos.put(partition, now);
            }
        }
    }

    /** Which part of the journal is done, 0 to 1. */
    double part() {
        double all = ends.values().stream().mapToDouble(Long::doubleValue).sum();
        return at.values().stream().mapToDouble(Long::doubleValue).sum() / all;
    }

    /** The longest standstill seen. */
    Duration longest() {
        return Duration.ofNanos(longestNanos);
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        try {
            return admin.listStreamsGroupOffsets(Map.of(application, new ListStreamsGroupOffsetsSpec()))
                    .partitionsToOffsetAndMetadata(application)
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            return Map.of(); // Nobody joined the group yet.
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
