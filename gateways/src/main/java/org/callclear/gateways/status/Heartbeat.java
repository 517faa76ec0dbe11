package org.callclear.gateways.status;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.callclear.gateways.gate.Channels;
import org.callclear.schemas.avro.GatewayState;
import org.callclear.schemas.avro.GatewayStatus;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.tokens.KeyRing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the gateway's status at a steady pace, whenever its state changes, and whenever it learns of a token key: the
 * clearinghouse signs with a new key only once it has heard that the gateway has it.
 */
public final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Who who;
    private final Channels channels;
    private final Refusals refusals;
    private final KeyRing tokenKeys;
    private final Function<GatewayStatus, CompletableFuture<Void>> send;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor thread;
    private volatile GatewayState state = GatewayState.UP;
    private volatile boolean started;

    /** Whose heart beats. */
    public record Who(GatewayId gateway, CarrierId carrier, String instance) {}

    /** @param send brings a status to Kafka, see {@link org.callclear.gateways.reports.Reports#status} */
    public Heartbeat(
            Who who,
            Channels channels,
            Refusals refusals,
            KeyRing tokenKeys,
            Function<GatewayStatus, CompletableFuture<Void>> send,
            Clock clock) {
        this.who = who;
        this.channels = channels;
        this.refusals = refusals;
        this.tokenKeys = tokenKeys;
        this.send = send;
        this.clock = clock;
        this.thread = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform()
                        .daemon()
                        .name("gateway-" + who.gateway() + "-heartbeat")
                        .factory(),
                new ThreadPoolExecutor.DiscardPolicy()); // what is learned after the end is of no interest
    }

    /**
     * Sends the first beat and then one every interval.
     *
     * @param onBeat told the instant of each beat, on the beat's own thread; may do file work
     * @return done when the first beat is acknowledged
     */
    public CompletableFuture<Void> start(Duration interval, Consumer<Instant> onBeat) {
        CompletableFuture<Void> first = beat();
        started = true;
        var unused = thread.scheduleAtFixedRate(
                () -> beatAndTell(onBeat), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
        return first;
    }

    /** Changes the state and says so at once. Done when that is acknowledged. */
    public CompletableFuture<Void> become(GatewayState next) {
        state = next;
        return beat();
    }

    /** Says soon which token keys it believes now; before the first beat it does nothing, for that says so too. */
    public void tokenKeysChanged() {
        if (started) {
            thread.execute(() -> beatAndTell(at -> {}));
        }
    }

    /** The status as it is now. */
    public GatewayStatus status() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return GatewayStatus.newBuilder()
                .setGateway(who.gateway().value())
                .setCarrier(who.carrier().value())
                .setInstance(who.instance())
                .setState(state)
                .setFreeChannels(channels.free())
                .setOpenCalls(channels.taken())
                .setAt(now)
                .setRefusals(refusals.byName())
                .setTokenKeys(tokenKeys.believed(now))
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
