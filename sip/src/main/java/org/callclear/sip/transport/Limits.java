package org.callclear.sip.transport;

import java.time.Duration;

/**
 * What strangers may take.
 *
 * @param connectionsPerPeer connections that one address may hold open
 * @param connections connections accepted in all
 * @param unsentBytes what may wait in one connection for a peer that does not read
 * @param idle how long a connection may be silent
 * @param connectWithin how long connecting may take
 * @param handshakes TLS handshakes of strangers under way at once
 * @param handshakeWithin how long a TLS handshake may take
 */
public record Limits(
        int connectionsPerPeer,
        int connections,
        int unsentBytes,
        Duration idle,
        Duration connectWithin,
        int handshakes,
        Duration handshakeWithin) {
    /** 1,000 for each peer, 10,000 in all, 1 MiB, 10 minutes, 4 seconds, 500 handshakes of 5 seconds. */
    public static final Limits USUAL =
            new Limits(1_000, 10_000, 1 << 20, Duration.ofMinutes(10), Duration.ofSeconds(4));

    /** With the usual bounds of TLS. */
    public Limits(int connectionsPerPeer, int connections, int unsentBytes, Duration idle, Duration connectWithin) {
        this(connectionsPerPeer, connections, unsentBytes, idle, connectWithin, 500, Duration.ofSeconds(5));
    }

    /** @throws IllegalArgumentException when one is not positive */
    public Limits {
        if (connectionsPerPeer < 1 || connections < 1 || unsentBytes < 1 || handshakes < 1) {
            throw new IllegalArgumentException("limits: connections, handshakes and bytes must be positive");
        }
        if (!idle.isPositive() || !connectWithin.isPositive() || !handshakeWithin.isPositive()) {
            throw new IllegalArgumentException("limits: times must be positive");
        }
    }
}
