package org.callclear.settlement;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.callclear.metrics.Meters;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.settlement.intake.Intake;
import org.callclear.settlement.period.Calendar;
import org.callclear.settlement.reconcile.Reconciliation;
import org.callclear.settlement.seal.Sealer;
import org.callclear.settlement.seal.StatementSigner;
import org.callclear.settlement.stages.RecordSerde;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settlement of one instance: intake, the stream job and, where the key is, what seals statements. All serve, or none does. */
public final class Settlement implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final Duration START_WITHIN = Duration.ofSeconds(90);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    private final StateDirectory directory;
    private final Intake intake;
    private final KafkaStreams streams;
    private final @Nullable Sealer sealer;
    private final CompletableFuture<Void> running = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Settlement(
            SettlementConfig config, StateDirectory directory, @Nullable StatementSigner signer, Meters meters) {
        this.directory = directory;
        this.streams = new KafkaStreams(topology(config), StreamSettings.of(config, directory));
        this.intake = Intake.start(
                config.kafka(),
                directory.instance(),
                new Calendar(config.periodLength(), config.zone()),
                meters,
                Clock.systemUTC());
        try {
            this.sealer = signer == null ? null : Sealer.start(config.kafka(), directory.leaves(), signer, meters);
        } catch (RuntimeException e) {
            intake.close();
            streams.close(CLOSE_WITHIN);
            directory.close();
            throw e;
        }
    }

    /**
     * Starts an instance that has no key: it settles, and leaves statements for another to seal.
     *
     * @throws IllegalStateException as {@link #start(SettlementConfig, StatementSigner)} does
     */
    public static Settlement start(SettlementConfig config) {
        return start(config, Meters.unread());
    }

    /** The same; what it counts is shown by these meters. */
    public static Settlement start(SettlementConfig config, Meters meters) {
        return startWith(config, null, meters);
    }

    /**
     * Starts intake, the stream job and the sealing of statements, and returns when they serve.
     *
     * @param signer closed with the instance, and when it cannot start
     * @throws IllegalStateException with one clear line when they cannot: a missing topic or schema, a state directory in
     *     use, a broker out of reach
     */
    public static Settlement start(SettlementConfig config, StatementSigner signer) {
        return start(config, signer, Meters.unread());
    }

    /** The same; what it counts is shown by these meters. */
    public static Settlement start(SettlementConfig config, StatementSigner signer, Meters meters) {
        try {
            return startWith(config, signer, meters);
        } catch (RuntimeException e) {
            signer.close();
            throw e;
        }
    }

    private static Settlement startWith(SettlementConfig config, @Nullable StatementSigner signer, Meters meters) {
        Preflight.check(config.kafka());
        StateDirectory directory = StateDirectory.take(config.stateDirectory(), new SecureRandom());
        Settlement settlement = new Settlement(config, directory, signer, meters);
        try {
            settlement.serve();
            Shown.streams(meters, settlement.streams);
            Shown.lag(meters, settlement.intake, settlement.streams, settlement.sealer);
            return settlement;
        } catch (RuntimeException e) {
            settlement.close();
            throw e;
        }
    }

    /** Done when it was closed; completed exceptionally when a part of it died, which the process should not outlive. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            intake.close();
            if (sealer != null) {
                sealer.close();
            }
            streams.close(CLOSE_WITHIN);
            directory.close();
            ended.complete(null);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what died() throws could only be logged once more
    private void serve() {
        intake.ended().whenComplete((nothing, failure) -> died("intake", failure));
        if (sealer != null) {
            sealer.ended().whenComplete((nothing, failure) -> died("the sealing of statements", failure));
        }
        streams.setUncaughtExceptionHandler(failure -> {
            died("the stream job", failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setStateListener((state, before) -> follow(state));
        streams.start(); // while intake starts: each takes seconds, and neither needs the other
        await("the stream job", running); // first, for whatever dies ends this
        await("intake", intake.serving());
    }

    private void follow(KafkaStreams.State state) {
        LOG.info("stream job: {}", state);
        if (state == KafkaStreams.State.RUNNING) {
            running.complete(null);
        } else if (state == KafkaStreams.State.ERROR) {
            died("the stream job", new IllegalStateException("all its threads have stopped"));
        }
    }

    /** What is left running would look alive and settle nothing: all of it stops, and whoever waits hears of it. */
    private void died(String part, @Nullable Throwable failure) {
        if (failure == null || closed.get()) {
            return;
        }
        PartDied death = new PartDied(part + " of settlement stopped: " + failure, failure);
        if (ended.completeExceptionally(death)) {
            LOG.error("{} died; settlement stops", part, failure);
            running.completeExceptionally(death);
            Thread stopper = new Thread(this::close, "settlement-stop");
            stopper.setDaemon(true);
            stopper.start();
        }
    }

    private static void await(String part, CompletableFuture<Void> serving) {
        try {
            serving.get(START_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while settlement started", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PartDied death) {
                throw death;
            }
            throw new IllegalStateException(part + " of settlement cannot start: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    part + " of settlement does not serve after " + START_WITHIN.toSeconds() + " s", e);
        }
    }

    private static final class PartDied extends IllegalStateException {
        private static final long serialVersionUID = 1;

        PartDied(String what, Throwable failure) {
            super(what, failure);
        }
    }

    private static Topology topology(SettlementConfig config) {
        return new SettlementTopology(
                        RecordSerde.of(config.kafka().registry()),
                        config.stores(),
                        Reconciliation.USUAL_DELAY,
                        Catalogue.CALL_PARTITIONS)
                .build();
    }
}
