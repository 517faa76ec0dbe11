package org.callclear.clearinghouse.answering;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what is finished, and at least once a second something: each commit that the group takes renews the lease. Used
 * by the loop's thread.
 */
final class Commits {
    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
    private static final Duration NEWS_AFTER = Duration.ofMillis(100);
    private static final Duration PROOF_AFTER = Duration.ofSeconds(1);
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final MembershipLease lease;
    private final LongSupplier nanos;
    private long sentAt;
    private boolean underway;
    private @Nullable RuntimeException fatal;

    Commits(Consumer<byte[], byte[]> consumer, MembershipLease lease, LongSupplier nanos) {
        this.consumer = consumer;
        this.lease = lease;
        this.nanos = nanos;
        this.sentAt = nanos.getAsLong() - PROOF_AFTER.toNanos();
    }

    /**
     * Commits without waiting when there is something to commit or the lease to renew.
     *
     * @throws RuntimeException when the group has told this instance to go
     */
    void ifDue(Collection<Holding> holdings) {
        if (fatal != null) {
            throw fatal;
        }
        long now = nanos.getAsLong();
        long since = now - sentAt;
        if (underway || since < NEWS_AFTER.toNanos()) {
            return;
        }
        Map<Holding, Long> due = news(holdings);
        boolean proofNeeded = since >= PROOF_AFTER.toNanos() || !lease.holds(now);
        if (due.isEmpty() && proofNeeded) {
            holdings.stream()
                    .filter(Holding::hasPosition)
                    .findFirst()
                    .ifPresent(any -> due.put(any, any.tracker().committable()));
        }
        if (!due.isEmpty()) {
            send(due, now);
        }
    }

    private void send(Map<Holding, Long> due, long now) {
        sentAt = now;
        underway = true;
        consumer.commitAsync(offsets(due), (offsets, failure) -> {
            underway = false;
            if (failure == null) {
                lease.proved(now);
                due.forEach(Holding::committed);
            } else {
                refused(failure);
            }
        });
    }

    private void refused(Exception failure) {
        if (failure instanceof FencedInstanceIdException) {
            fatal = new IllegalStateException("another instance with the same name has taken over", failure);
        } else if (failure instanceof GroupAuthorizationException unauthorized) {
            fatal = unauthorized;
        } else {
            LOG.info("offsets not committed yet: {}", failure.toString());
        }
    }

    /** Commits and waits a little. What could not be committed is read again, and answered the same. */
    void now(Collection<Holding> holdings) {
        Map<Holding, Long> due = news(holdings);
        if (due.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets(due), WAIT);
            due.forEach(Holding::committed);
        } catch (KafkaException e) {
            LOG.warn("offsets not committed, their requests will be answered again: {}", e.toString());
        }
    }

    private static Map<Holding, Long> news(Collection<Holding> holdings) {
        Map<Holding, Long> news = new HashMap<>();
        holdings.stream()
                .filter(Holding::hasNews)
                .forEach(holding -> news.put(holding, holding.tracker().committable()));
        return news;
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Map<Holding, Long> due) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        due.forEach((holding, offset) -> offsets.put(holding.partition(), new OffsetAndMetadata(offset)));
        return offsets;
    }
}
