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
 * @param messageWithin how long a message over TCP or TLS may take from its first byte to its last, and a connection that was
 *     accepted to its first message or ping
 * @param unfinishedBytes what messages that have begun and not ended may hold in all connections
 * @param answersPerPeer answers a second, without authentication, to one address (IPv6: one /64); twice as many at once
 * @param answers the same to all addresses together
 */
public record Limits(
        int connectionsPerPeer,
        int connections,
        int unsentBytes,
        Duration idle,
        Duration connectWithin,
        int handshakes,
        Duration handshakeWithin,
        Duration messageWithin,
        int unfinishedBytes,
        int answersPerPeer,
        int answers) {
    /**
     * 1,000 for each peer, 10,000 in all, 1 MiB, 10 minutes, 4 seconds, 500 handshakes of 5 seconds; a message within 10
     * seconds, 64 MiB of unfinished ones, 500 answers a second for each peer, 5,000 in all.
     */
    public static final Limits USUAL =
            new Limits(1_000, 10_000, 1 << 20, Duration.ofMinutes(10), Duration.ofSeconds(4));

    /** With the usual bounds of TLS. */
    public Limits(int connectionsPerPeer, int connections, int unsentBytes, Duration idle, Duration connectWithin) {
        this(connectionsPerPeer, connections, unsentBytes, idle, connectWithin, 500, Duration.ofSeconds(5));
    }

    /** With the usual bounds of floods. */
    public Limits(
            int connectionsPerPeer,
            int connections,
            int unsentBytes,
            Duration idle,
            Duration connectWithin,
            int handshakes,
            Duration handshakeWithin) {
        this(
                connectionsPerPeer,
                connections,
                unsentBytes,
                idle,
                connectWithin,
                handshakes,
                handshakeWithin,
                Duration.ofSeconds(10),
                64 << 20,
                500,
                5_000);
    }

    /** These limits with others for connections. */
    public Limits withConnections(int perPeer, int all) {
        return new Limits(
                perPeer,
                all,
                unsentBytes,
                idle,
                connectWithin,
                handshakes,
                handshakeWithin,
                messageWithin,
                unfinishedBytes,
                answersPerPeer,
                answers);
    }

    /** These limits with others for messages that do not end. */
    public Limits withUnfinished(Duration within, int bytes) {
        return new Limits(
                connectionsPerPeer,
                connections,
                unsentBytes,
                idle,
                connectWithin,
                handshakes,
                handshakeWithin,
                within,
                bytes,
                answersPerPeer,
                answers);
    }

    /** These limits with others for answers without authentication. */
    public Limits withAnswers(int perPeer, int all) {
        return new Limits(
                connectionsPerPeer,
                connections,
                unsentBytes,
                idle,
                connectWithin,
                handshakes,
                handshakeWithin,
                messageWithin,
                unfinishedBytes,
                perPeer,
                all);
    }

    /** @throws IllegalArgumentException when one is not positive */
    public Limits {
        if (connectionsPerPeer < 1 || connections < 1 || unsentBytes < 1 || handshakes < 1) {
            throw new IllegalArgumentException("limits: connections, handshakes and bytes must be positive");
        }
        if (unfinishedBytes < 1 || answersPerPeer < 1 || answers < 1) {
            throw new IllegalArgumentException("limits: unfinished bytes and answers must be positive");
        }
        if (!messageWithin.isPositive()
                || !idle.isPositive()
                || !connectWithin.isPositive()
                || !handshakeWithin.isPositive()) {
            throw new IllegalArgumentException("limits: times must be positive");
        }
    }
}
