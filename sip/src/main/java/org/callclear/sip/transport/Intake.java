package org.callclear.sip.transport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams that wait for the loop, in the order of what they are worth when there are more than it can deal with: first
 * what belongs to calls that are under way, then INVITEs that bring a proof of who calls, then other INVITEs. Of INVITEs
 * the newest comes first, and one that has waited for T1 is forgotten: its caller has sent it again by then (RFC 3261,
 * 17.1.1.2). So a loop that is too slow serves fewer callers, those in time, and not all of them too late.
 *
 * <p>Nobody is left out for ever: of thirteen turns four begin with proven INVITEs and one with other ones.
 *
 * <p>For UDP alone: over TCP and TLS a peer that is not read from has to wait by itself. On the loop only.
 */
final class Intake {
    /** The callers' T1, whatever ours is. */
    static final Duration T1 = Duration.ofMillis(500);

    /** Of all that waits: some thousand messages. */
    static final int MOST_BYTES = 4 << 20;
    /** What a datagram takes in memory beside its content; a flood of empty ones must find an end, too. */
    static final int OWN_BYTES = 256;

    private static final byte[] INVITE = "INVITE ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PROOF = "\nauthorization".getBytes(StandardCharsets.US_ASCII);
    private static final int TURNS_OF_CALLS = 8;
    private static final int TURNS_OF_PROVEN = 4;
    private static final int TURNS = TURNS_OF_CALLS + TURNS_OF_PROVEN + 1;

    /** What a datagram is worth, in falling order. */
    enum Worth {
        CALL,
        PROVEN_INVITE,
        INVITE
    }

    /** One that waits. */
    static final class Datagram {
        final Hop source;
        final byte[] message;
        private final long at;

        private Datagram(Hop source, byte[] message, long at) {
            this.source = source;
            this.message = message;
            this.at = at;
        }

        private int bytes() {
            return OWN_BYTES + message.length;
        }
    }

    private final Map<Worth, Deque<Datagram>> waiting = new EnumMap<>(Worth.class);
    private final LongSupplier nanos;
    private final Runnable forgotten;
    private long bytes;
    private int turn;

    /**
     * @param nanos as {@link System#nanoTime}
     * @param forgotten run for each datagram that nobody will look at
     */
    Intake(LongSupplier nanos, Runnable forgotten) {
        for (Worth worth : Worth.values()) {
            waiting.put(worth, new ArrayDeque<>());
        }
        this.nanos = nanos;
        this.forgotten = forgotten;
    }

    /** One more waits; when all are too many, one of the least worth is forgotten. */
    void add(Hop source, byte[] message) {
        Datagram datagram = new Datagram(source, message, nanos.getAsLong());
        of(worth(message)).addLast(datagram);
        bytes += datagram.bytes();
        while (bytes > MOST_BYTES) {
            forgetOldest();
        }
    }

    boolean isEmpty() {
        return waiting.values().stream().allMatch(Deque::isEmpty);
    }

    /** The next to be dealt with; null when none waits. */
    @Nullable
    Datagram next() {
        forgetLate(of(Worth.PROVEN_INVITE));
        forgetLate(of(Worth.INVITE));
        Worth first = turn < TURNS_OF_CALLS
                ? Worth.CALL
                : turn < TURNS_OF_CALLS + TURNS_OF_PROVEN ? Worth.PROVEN_INVITE : Worth.INVITE;
        turn = (turn + 1) % TURNS;
        Datagram next = take(first);
        for (Worth other : Worth.values()) {
            next = next == null ? take(other) : next;
        }
        return next;
    }

    private @Nullable Datagram take(Worth worth) {
        Datagram taken = worth == Worth.CALL ? of(worth).pollFirst() : of(worth).pollLast();
        if (taken != null) {
            bytes -= taken.bytes();
        }
        return taken;
    }

    private void forgetLate(Deque<Datagram> invites) {
        long now = nanos.getAsLong();
        Datagram oldest = invites.peekFirst();
        while (oldest != null && now - oldest.at >= T1.toNanos()) {
            forget(invites);
            oldest = invites.peekFirst();
        }
    }

    private void forgetOldest() {
        for (Worth worth : new Worth[] {Worth.INVITE, Worth.PROVEN_INVITE, Worth.CALL}) {
            if (!of(worth).isEmpty()) {
                forget(of(worth));
                return;
            }
        }
    }

    private void forget(Deque<Datagram> some) {
        Datagram oldest = some.removeFirst();
        bytes -= oldest.bytes();
        forgotten.run();
    }

    private Deque<Datagram> of(Worth worth) {
        return Objects.requireNonNull(waiting.get(worth));
    }

    /** By a look at its bytes: that it can be read at all is found out later. */
    static Worth worth(byte[] message) {
        if (!isAt(message, 0, INVITE)) {
            return Worth.CALL;
        }
        for (int at = INVITE.length; at <= message.length - PROOF.length; at++) {
            if (message[at] == '\n' && isAt(message, at, PROOF)) {
                return Worth.PROVEN_INVITE;
            }
            if (isBody(message, at)) {
                return Worth.INVITE;
            }
        }
        return Worth.INVITE;
    }

    /** An empty line: what follows is the body. */
    private static boolean isBody(byte[] message, int at) {
        return message[at] == '\n' && (message[at + 1] == '\n' || (message[at + 1] == '\r' && message[at + 2] == '\n'));
    }

    /** Letters of any case: the words sought have small ones, or none that a small one is mistaken for. */
    private static boolean isAt(byte[] message, int at, byte[] word) {
        if (message.length - at < word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            byte is = message[at + i];
            if (is != word[i] && !(is >= 'A' && is <= 'Z' && is + ('a' - 'A') == word[i])) {
                return false;
            }
        }
        return true;
    }
}
