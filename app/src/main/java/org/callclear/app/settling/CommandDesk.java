package org.callclear.app.settling;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.schemas.wire.TopicTail;

/** Hands commands to settlement, and waits for what becomes of them. */
public final class CommandDesk implements AutoCloseable {
    private static final Duration SENT_WITHIN = Duration.ofSeconds(30);

    private final KafkaAccess access;
    private final String name;
    private final Producer<String, SpecificRecord> producer;

    private CommandDesk(KafkaAccess access, String name) {
        this.access = access;
        this.name = name;
        this.producer = RecordProducer.open(access, name + "-command");
    }

    /**
     * Opens it.
     *
     * @param access of the party {@code administration}
     * @param name of its clients
     */
    public static CommandDesk open(KafkaAccess access, String name) {
        return new CommandDesk(access, name);
    }

    /**
     * Writes a command; what becomes of it is on {@code command-outcomes}.
     *
     * @param subject what it is about, for people
     * @param key on the topic
     * @throws SettlingException when it could not be written
     */
    public void send(String subject, String key, SpecificRecord command) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        var unused = producer.send(new ProducerRecord<>(Topic.COMMANDS.topic(), key, command), (place, failure) -> {
            if (failure == null) {
                sent.complete(null);
            } else {
                sent.completeExceptionally(failure);
            }
        });
        wait(sent, SENT_WITHIN, subject + ": the command could not be written");
    }

    /**
     * The same, and waits for what becomes of it.
     *
     * @param id the command's
     * @throws SettlingException when it could not be written, or no outcome came in time
     */
    public CommandOutcome sendAndWait(String subject, String key, String id, SpecificRecord command, Duration within) {
        CompletableFuture<CommandOutcome> outcome = new CompletableFuture<>();
        try (TopicTail tail = TopicTail.start(
                access,
                name + "-outcome",
                List.of(Topic.COMMAND_OUTCOMES.topic()),
                TopicTail.From.END,
                (record, reading) -> {
                    if (reading instanceof Reading.Read read
                            && read.value() instanceof CommandOutcome found
                            && found.getCommandId().equals(id)) {
                        outcome.complete(found);
                    }
                })) {
            wait(tail.caughtUp(), SENT_WITHIN, "the topic " + Topic.COMMAND_OUTCOMES.topic() + " cannot be followed");
            send(subject, key, command);
            return wait(
                    outcome,
                    within,
                    subject + ": settlement has not answered (is it running?); the command " + id
                            + " stands and will be obeyed when it runs");
        }
    }

    /**
     * A command to be written.
     *
     * @param key on the topic
     * @param id the command's
     */
    public record Order(String key, String id, SpecificRecord command) {}

    /**
     * Writes many, in their order, and waits for what becomes of them.
     *
     * @param subject what they are about, for people
     * @param before ids of commands that were written earlier and are waited for as well
     * @param stalled gives up when no outcome came for so long
     * @return the outcomes by the command's id; where one is missing, settlement has not answered in time
     * @throws SettlingException when one could not be written: those before it are, those after it may be
     */
    public Map<String, CommandOutcome> sendAndWaitForAll(
            String subject, List<Order> orders, Collection<String> before, Duration stalled) {
        AwaitedOutcomes awaited = new AwaitedOutcomes();
        awaited.expect(before);
        awaited.expect(orders.stream().map(Order::id).toList());
        try (TopicTail tail = TopicTail.start(
                access,
                name + "-outcomes",
                List.of(Topic.COMMAND_OUTCOMES.topic()),
                TopicTail.From.BEGINNING,
                awaited)) {
            wait(tail.caughtUp(), SENT_WITHIN, "the topic " + Topic.COMMAND_OUTCOMES.topic() + " cannot be followed");
            sendAll(subject, orders);
            return awaited.within(stalled);
        }
    }

    /** One after the other on the one partition of the topic; the producer keeps their order. */
    private void sendAll(String subject, List<Order> orders) {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        for (Order order : orders) {
            var unused = producer.send(
                    new ProducerRecord<>(Topic.COMMANDS.topic(), order.key(), order.command()), (place, failure) -> {
                        if (failure != null) {
                            failed.completeExceptionally(failure);
                        }
                    });
            if (failed.isDone()) {
                break;
            }
        }
        producer.flush();
        failed.complete(null);
        wait(failed, SENT_WITHIN, subject + ": not every command could be written");
    }

    private static <T> T wait(CompletableFuture<T> future, Duration within, String what) {
        try {
            return future.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SettlingException(what + ", within " + within.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new SettlingException(what + ": " + SettlingException.rootOf(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SettlingException(what + ": interrupted", e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
