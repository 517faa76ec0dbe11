package org.callclear.tokens;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.callclear.schemas.avro.TokenKey;

/**
 * The public keys that tokens may be signed with, by key id. Fed from the topic token-keys, of which the last word on a
 * key id counts: so a key is revoked by the same record with {@code revokedAt}, from that moment and whatever the instant
 * in it is. Safe for many threads.
 */
public final class KeyRing {
    private final Map<String, VerificationKey> keys = new ConcurrentHashMap<>();

    /**
     * Takes a key in, in the place of one with the same id.
     *
     * @throws IllegalArgumentException naming the field, when the record is no key that tokens could be verified with;
     *     the ring is as before
     */
    public void put(TokenKey key) {
        VerificationKey verificationKey = VerificationKey.of(key);
        keys.put(verificationKey.keyId(), verificationKey);
    }

    /** Forgets a key: the topic's tombstone. */
    public void remove(String keyId) {
        keys.remove(keyId);
    }

    /** The ids of the keys that a token may be accepted by, now or once they begin; in the order of ids. */
    public List<String> believed(Instant now) {
        return keys.values().stream()
                .filter(key -> !key.revoked() && now.isBefore(key.notAfter()))
                .map(VerificationKey::keyId)
                .sorted()
                .toList();
    }

    /** How many keys there are, valid or not. */
    public int size() {
        return keys.size();
    }

    Optional<VerificationKey> find(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }
}
