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
     * What is asked for.
     *
     * @param period its name or its id: yyyy-MM, yyyy-Www or yyyy-MM-dd, perhaps with @ and a zone
     * @param zone whose period is meant; empty for every zone in which it is open
     * @param early whether it may be closed before it is over
     * @param requestedBy who asks
     * @param reason why
     */
    public record Wish(String period, String zone, boolean early, String requestedBy, String reason) {}

    /**
     * Writes the command; what becomes of it is on {@code command-outcomes}.
     *
     * @return the command's id
     * @throws SettlingException when it could not be written
     */
    public String close(Wish wish) {
        String id = UUID.randomUUID().toString();
        send(id, wish);
        return id;
    }

    /**
     * The same, and waits for what becomes of it.
     *
     * @throws SettlingException when it could not be written, or no outcome came in time
     */
    public CommandOutcome closeAndWait(Wish wish, Duration within) {
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
            send(id, wish);
            return wait(
                    outcome,
                    within,
                    "period " + wish.period() + ": settlement has not answered (is it running?); the command " + id
                            + " stands and will be obeyed when it runs");
        }
    }

    private void send(String id, Wish wish) {
        ClosePeriod command =
                ClosePeriod.newBuilder().setCommandId(id).setPeriod(wish.period()).setZone(wish.zone()).setEarly(wish.early()).setRequestedBy(wish.requestedBy()).setRequestedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS)).setReason(wish.reason()).build();
        CompletableFuture<Void> sent = new CompletableFuture<>();
        var unused = producer.send(new ProducerRecord<>(Topic.COMMANDS.topic(), wish.period(), command), (place, failure) -> {
            if (failure == null) {
                sent.complete(null);
            } else {
                sent.completeExceptionally(failure);
            }
        });
        wait(sent, SENT_WITHIN, "period " + wish.period() + ": the command could not be written");
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
