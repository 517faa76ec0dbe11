package org.callclear.sip.transport;

import java.time.Duration;

/** What strangers may take. */
public record Limits(Connections connections, Handshakes handshakes, Messages messages, Answers answers) {
    /**
     * 1,000 connections for each peer, 10,000 in all, 1 MiB unsent in each, 64 MiB in all, 10 minutes of silence, 4 seconds
     * to connect; 500 handshakes of 5 seconds; a message within 10 seconds, 64 MiB of unfinished ones; 500 answers a second
     * for each peer, 5,000 in all.
     */
    public static final Limits USUAL = new Limits(
            new Connections(1_000, 10_000, 1 << 20, 64 << 20, Duration.ofMinutes(10), Duration.ofSeconds(4)),
            new Handshakes(500, Duration.ofSeconds(5)),
            new Messages(Duration.ofSeconds(10), 64 << 20),
            new Answers(500, 5_000));

    /**
     * Connections over TCP and TLS.
     *
     * @param perPeer how many one address (IPv6: one /64) may hold open
     * @param inAll how many are accepted
     * @param unsentBytes what may wait in one connection for a peer that does not read
     * @param unsentInAll what may wait in all; one address (IPv6: one /64) has half at most, and less the more others have
     * @param idle how long one may be silent
     * @param openedWithin how long connecting may take
     */
    public record Connections(
            int perPeer, int inAll, int unsentBytes, int unsentInAll, Duration idle, Duration openedWithin) {
        /** @throws IllegalArgumentException when one is not positive */
        public Connections {
            requirePositive("connections", perPeer, inAll, unsentBytes, unsentInAll);
            requirePositive("connections", idle, openedWithin);
        }

        /** These, with so many. */
        public Connections atMost(int perPeer, int inAll) {
            return new Connections(perPeer, inAll, unsentBytes, unsentInAll, idle, openedWithin);
        }
    }

    /**
     * TLS handshakes of strangers.
     *
     * @param atOnce under way at once; one address (IPv6: one /64) has half at most, and less the more others have
     * @param within how long one may take
     */
    public record Handshakes(int atOnce, Duration within) {
        /** @throws IllegalArgumentException when one is not positive */
        public Handshakes {
            requirePositive("handshakes", atOnce);
            requirePositive("handshakes", within);
        }
    }

    /**
     * Messages over TCP and TLS.
     *
     * @param within how long one may take from its first byte to its last, and a connection that was accepted to its first
     *     message or ping
     * @param unfinishedBytes what those that have begun and not ended may hold in all connections
     */
    public record Messages(Duration within, int unfinishedBytes) {
        /** @throws IllegalArgumentException when one is not positive */
        public Messages {
            requirePositive("messages", within);
            requirePositive("messages", unfinishedBytes);
        }
    }

    /**
     * Answers a second without authentication; twice as many at once.
     *
     * @param perPeer to one address (IPv6: one /64)
     * @param inAll to all addresses together
     */
    public record Answers(int perPeer, int inAll) {
        /** @throws IllegalArgumentException when one is not positive */
        public Answers {
            requirePositive("answers", perPeer, inAll);
        }
    }

    /** These limits with others for connections. */
    public Limits with(Connections other) {
        return new Limits(other, handshakes, messages, answers);
    }

    /** These limits with others for handshakes. */
    public Limits with(Handshakes other) {
        return new Limits(connections, other, messages, answers);
    }

    /** These limits with others for messages. */
    public Limits with(Messages other) {
        return new Limits(connections, handshakes, other, answers);
    }

    /** These limits with others for answers. */
    public Limits with(Answers other) {
        return new Limits(connections, handshakes, messages, other);
    }

    private static void requirePositive(String of, int... values) {
        for (int value : values) {
            if (value < 1) {
                throw new IllegalArgumentException("limits of " + of + ": " + value + " must be positive");
            }
        }
    }

    private static void requirePositive(String of, Duration... values) {
        for (Duration value : values) {
            if (!value.isPositive()) {
                throw new IllegalArgumentException("limits of " + of + ": " + value + " must be positive");
            }
        }
    }
}
