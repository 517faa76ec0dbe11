package org.callclear.app.settling;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.callclear.schemas.avro.ClosePeriod;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.schemas.wire.TopicTail;

/** Asks settlement to close a period. */
public final class PeriodCommand implements AutoCloseable {
    private static final Duration SENT_WITHIN = Duration.ofSeconds(30);

    private final KafkaAccess access;
    private final Clock clock;
    private final Producer<String, SpecificRecord> producer;

    private PeriodCommand(KafkaAccess access, Clock clock) {
        this.access = access;
        this.clock = clock;
        this.producer = RecordProducer.open(access, "period-command");
    }

    /** @param access of the party {@code administration} */
    public static PeriodCommand open(KafkaAccess access, Clock clock) {
        return new PeriodCommand(access, clock);
    }

    /**
     * Writes the command; what becomes of it is on {@code command-outcomes}.
     *
     * @param period yyyy-MM or yyyy-MM-dd
     * @param requestedBy who asks
     * @param reason why
     * @return the command's id
     * @throws SettlingException when it could not be written
     */
    public String close(String period, String requestedBy, String reason) {
        String id = UUID.randomUUID().toString();
        send(id, period, requestedBy, reason);
        return id;
    }

    /**
     * The same, and waits for what becomes of it.
     *
     * @throws SettlingException when it could not be written, or no outcome came in time
     */
    public CommandOutcome closeAndWait(String period, String requestedBy, String reason, Duration within) {
        String id = UUID.randomUUID().toString();
        CompletableFuture<CommandOutcome> outcome = new CompletableFuture<>();
        try (TopicTail tail = TopicTail.start(
                access,
                "period-outcome",
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
            send(id, period, requestedBy, reason);
            return wait(
                    outcome,
                    within,
                    "period " + period + ": settlement has not answered (is it running?); the command " + id
                            + " stands and will be obeyed when it runs");
        }
    }

    private void send(String id, String period, String requestedBy, String reason) {
        ClosePeriod command = ClosePeriod.newBuilder()
                .setCommandId(id)
                .setPeriod(period)
                .setRequestedBy(requestedBy)
                .setRequestedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .setReason(reason)
                .build();
        CompletableFuture<Void> sent = new CompletableFuture<>();
        var unused = producer.send(new ProducerRecord<>(Topic.COMMANDS.topic(), period, command), (place, failure) -> {
            if (failure == null) {
                sent.complete(null);
            } else {
                sent.completeExceptionally(failure);
            }
        });
        wait(sent, SENT_WITHIN, "period " + period + ": the command could not be written");
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
