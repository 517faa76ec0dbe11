package org.callclear.clearinghouse.answering;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordDeserializer.RegistryUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls requests and hands them to the desk, on a thread of its own. It never waits for an answer to be written: what is
 * finished is heard of through the {@link Holdings}, which also commit.
 */
final class AnsweringLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AnsweringLoop.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final Holdings holdings;
    private final AnswerDesk desk;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closing;

    /** @param consumer closed with the loop */
    AnsweringLoop(Consumer<byte[], byte[]> consumer, Holdings holdings, AnswerDesk desk) {
        this.consumer = consumer;
        this.holdings = holdings;
        this.desk = desk;
        this.thread = new Thread(this::run, "clearinghouse-answering");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Done when the first partitions given to this instance are answered; failed when that cannot be. */
    CompletableFuture<Void> ready() {
        return ready.copy();
    }

    /** Done when the loop has stopped: normally when it was closed, exceptionally when it had to give up. */
    CompletableFuture<Void> ended() {
        return ended.copy();
    }

    private void run() {
        try {
            consumer.subscribe(Topic.AUTHORIZATION_REQUESTS.pattern(), holdings);
            while (!closing) {
                turn();
            }
            holdings.handBack();
            finish(null);
        } catch (RuntimeException e) {
            LOG.error("stopped answering: {}", e.toString());
            finish(e);
        }
    }

    /** One turn of the loop. */
    void turn() {
        holdings.settle();
        serve(poll());
        holdings.settle();
        desk.tidy();
        if (holdings.isServing()) {
            ready.complete(null);
        }
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(POLL);
        } catch (TopicAuthorizationException e) {
            // A carrier that is being removed: its topic is still followed, but may not be read any more.
            LOG.warn("requests cannot be read, others go on: {}", e.getMessage());
            return ConsumerRecords.empty();
        }
    }

    private void serve(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                Holding holding = holdings.mayServe(partition);
                if (holding == null || !serve(record, holding)) {
                    holdings.rewind(partition, record.offset());
                    break;
                }
            }
        }
    }

    private boolean serve(ConsumerRecord<byte[], byte[]> record, Holding holding) {
        try {
            long begun = holdings.nanos();
            CompletableFuture<Void> done = desk.take(record, holding.tenure());
            holdings.started(holding, record, begun, done);
            return true;
        } catch (RegistryUnavailableException e) {
            LOG.warn("requests wait for the schema registry: {}", e.getMessage());
            return false;
        }
    }

    private void finish(@Nullable RuntimeException failure) {
        holdings.endAll();
        try {
            consumer.close();
        } catch (RuntimeException e) {
            LOG.warn("the consumer did not close well: {}", e.toString());
        }
        if (failure == null) {
            ready.completeExceptionally(new IllegalStateException("closed"));
            ended.complete(null);
        } else {
            ready.completeExceptionally(failure);
            ended.completeExceptionally(failure);
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(CLOSE_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
