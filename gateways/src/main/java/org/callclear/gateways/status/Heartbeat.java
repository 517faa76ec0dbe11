package org.callclear.gateways.status;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.callclear.gateways.gate.Channels;
import org.callclear.schemas.avro.GatewayState;
import org.callclear.schemas.avro.GatewayStatus;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the gateway's status at a steady pace and whenever its state changes. */
public final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Who who;
    private final Channels channels;
    private final Refusals refusals;
    private final Function<GatewayStatus, CompletableFuture<Void>> send;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor thread;
    private volatile GatewayState state = GatewayState.UP;

    /** Whose heart beats. */
    public record Who(GatewayId gateway, CarrierId carrier, String instance) {}

    /** @param send brings a status to Kafka, see {@link org.callclear.gateways.reports.Reports#status} */
    public Heartbeat(
            Who who,
            Channels channels,
            Refusals refusals,
            Function<GatewayStatus, CompletableFuture<Void>> send,
            Clock clock) {
        this.who = who;
        this.channels = channels;
        this.refusals = refusals;
        this.send = send;
        this.clock = clock;
        this.thread = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform()
                        .daemon()
                        .name("gateway-" + who.gateway() + "-heartbeat")
                        .factory());
    }

    /**
     * Sends the first beat and then one every interval.
     *
     * @param onBeat told the instant of each beat, on the beat's own thread; may do file work
     * @return done when the first beat is acknowledged
     */
    public CompletableFuture<Void> start(Duration interval, Consumer<Instant> onBeat) {
        CompletableFuture<Void> first = beat();
        var unused = thread.scheduleAtFixedRate(
                () -> beatAndTell(onBeat), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
        return first;
    }

    /** Changes the state and says so at once. Done when that is acknowledged. */
    public CompletableFuture<Void> become(GatewayState next) {
        state = next;
        return beat();
    }

    /** The status as it is now. */
    public GatewayStatus status() {
        return GatewayStatus.newBuilder()
                .setGateway(who.gateway().value())
                .setCarrier(who.carrier().value())
                .setInstance(who.instance())
                .setState(state)
                .setFreeChannels(channels.free())
                .setOpenCalls(channels.taken())
                .setAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .setRefusals(refusals.byName())
                .build();
    }

    private void beatAndTell(Consumer<Instant> onBeat) {
        try {
            var unused = beat().exceptionally(failure -> {
                LOG.warn("gateway {}: heartbeat not acknowledged: {}", who.gateway(), failure.toString());
                return null;
            });
            onBeat.accept(clock.instant().truncatedTo(ChronoUnit.MILLIS));
        } catch (UncheckedIOException e) {
            LOG.error("gateway {}: the time could not be marked", who.gateway(), e);
        } catch (RuntimeException e) {
            LOG.error("gateway {}: a heartbeat failed", who.gateway(), e); // the next one must come all the same
        }
    }

    private CompletableFuture<Void> beat() {
        return send.apply(status());
    }

    /** No beat comes any more but those asked for with {@link #become}. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
