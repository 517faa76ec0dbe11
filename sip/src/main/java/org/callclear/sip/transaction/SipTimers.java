package org.callclear.sip.transaction;

import java.time.Duration;

/**
 * The three times that all SIP timers are made of (RFC 3261, 17.1.1.1).
 *
 * @param t1 estimate of a round trip; first pause before a resend
 * @param t2 longest pause between resends of a non-INVITE request or of a response to INVITE
 * @param t4 how long a message may live in the network
 */
public record SipTimers(Duration t1, Duration t2, Duration t4) {
    /** 500 ms, 4 s and 5 s. */
    public static final SipTimers RFC_3261 =
            new SipTimers(Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofSeconds(5));

    /** @throws IllegalArgumentException when a time is not positive or T2 is shorter than T1 */
    public SipTimers {
        if (!t1.isPositive() || !t2.isPositive() || !t4.isPositive()) {
            throw new IllegalArgumentException("timers " + t1 + ", " + t2 + ", " + t4 + ": must be positive");
        }
        if (t2.compareTo(t1) < 0) {
            throw new IllegalArgumentException("t2 " + t2 + ": must not be shorter than t1 " + t1);
        }
    }

    /** 64 times T1: how long a transaction may wait (timers B, F, H, J, L and M). */
    public Duration patience() {
        return t1.multipliedBy(64);
    }

    /** Twice the pause, at most T2. */
    public Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(t2) > 0 ? t2 : twice;
    }
}
