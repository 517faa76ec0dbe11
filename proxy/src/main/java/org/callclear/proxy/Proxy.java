package org.callclear.proxy;

import java.net.InetSocketAddress;

/** A proxy of an originating carrier, running. */
public final class Proxy implements AutoCloseable {
    private Proxy() {}

    /**
     * Starts a proxy; returns when it serves.
     *
     * @throws IllegalStateException with one sentence when it cannot
     */
    @SuppressWarnings("DoNotCallSuggester")
    public static Proxy start(ProxyConfig config) {
        throw new IllegalStateException("proxy " + config.instance() + ": the SIP user agent has not landed yet");
    }

    /** Where callers reach it. */
    @SuppressWarnings("DoNotCallSuggester")
    public InetSocketAddress sipAddress() {
        throw new IllegalStateException("not started");
    }

    /** Hangs up what is up, reports it, and closes the sockets. */
    @Override
    public void close() {}
}
