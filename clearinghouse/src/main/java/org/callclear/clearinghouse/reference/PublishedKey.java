package org.callclear.clearinghouse.reference;

import java.time.Instant;
import org.callclear.schemas.avro.TokenKey;

/**
 * What token-keys says of a key.
 *
 * @param publishedAt when the topic first had it, by the broker's clock
 */
public record PublishedKey(TokenKey key, Instant publishedAt) {
    /** Its id. */
    public String keyId() {
        return key.getKeyId();
    }

    /** Gateways believe it until then. */
    public Instant notAfter() {
        return key.getNotAfter();
    }

    /** Whether it was revoked, whatever instant that names. */
    public boolean isRevoked() {
        return key.getRevokedAt() != null;
    }

    /** Whether a token issued now would be of its time. */
    public boolean isUsableAt(Instant now) {
        return !isRevoked() && !now.isBefore(key.getNotBefore()) && now.isBefore(key.getNotAfter());
    }

    /** Whether it is the public half that belongs to a private key, and not another of the same name. */
    public boolean isOf(TokenKey own) {
        return key.getAlgorithm().equals(own.getAlgorithm())
                && key.getPublicKey().equals(own.getPublicKey());
    }
}
