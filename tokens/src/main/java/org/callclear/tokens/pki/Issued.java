package org.callclear.tokens.pki;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that the authority has issued, as its index remembers it.
 *
 * @param serial in lower-case hexadecimal
 * @param subject whom for
 * @param notBefore from when it is good
 * @param notAfter until when it is good
 * @param fingerprint SHA-256 of the certificate, in lower-case hexadecimal
 * @param key SHA-256 of what makes its public key, in lower-case hexadecimal; empty where an earlier release issued it,
 *     which did not remember that
 * @param revocation null while nobody has revoked it
 */
public record Issued(
        String serial,
        Subject subject,
        Instant notBefore,
        Instant notAfter,
        String fingerprint,
        String key,
        @Nullable Revocation revocation) {
    /**
     * The end of a certificate before its time.
     *
     * @param reason why
     * @param at when the authority was told
     */
    public record Revocation(RevocationReason reason, Instant at) {}

    /** What a certificate is at a moment. */
    public enum State {
        /** Good for more than a third of its life. */
        VALID,
        /** Good, but in the last third of its life: time to renew. */
        DUE,
        /** Its time is over. */
        EXPIRED,
        /** Somebody revoked it; that it expires later changes nothing. */
        REVOKED
    }

    /** What it is now. */
    public State state(Instant now) {
        if (revocation != null) {
            return State.REVOKED;
        }
        if (now.isAfter(notAfter)) {
            return State.EXPIRED;
        }
        return isInLastThird(notBefore, notAfter, now) ? State.DUE : State.VALID;
    }

    Issued revoked(Revocation now) {
        return new Issued(serial, subject, notBefore, notAfter, fingerprint, key, now);
    }

    /** Whether its key is known to be that of another certificate. */
    boolean hasKeyOf(Issued other) {
        return !key.isEmpty() && key.equals(other.key);
    }

    /** Whether less than a third of a life is left. */
    static boolean isInLastThird(Instant from, Instant until, Instant now) {
        return now.isAfter(until.minus(Duration.between(from, until).dividedBy(3)));
    }
}
