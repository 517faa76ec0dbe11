package org.callclear.clearinghouse.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.callclear.clearinghouse.grant.SigningKeyFor;
import org.callclear.clearinghouse.reference.Belief;
import org.callclear.clearinghouse.reference.PublishedKey;
import org.callclear.clearinghouse.reference.ReferenceSnapshot;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.call.GatewayId;
import org.callclear.tokens.SigningKeys;

/**
 * Chooses the key that signs for a gateway: of the keys that are here, stand on token-keys and are not revoked, the
 * newest that the gateway is known to have, so that no rotation costs a call.
 *
 * <p>A gateway says in its heartbeat which keys it believes, and all its living instances must. Where none says so, as a
 * gateway of an older version does not, a key counts as known once it has stood on token-keys for {@link #SETTLED}. When
 * the gateway is not known to have any, that which has stood there longest signs: it is the likeliest, and no token at
 * all would open nothing for certain.
 */
public final class KeyChoice implements SigningKeyFor {
    /** So long after it was published a key is with every gateway that lives. */
    static final Duration SETTLED = Duration.ofSeconds(30);

    private final Supplier<SigningKeys> keys;
    private final Supplier<ReferenceSnapshot> reference;
    private final Duration aliveWithin;
    private final Duration tokenLifetime;

    /**
     * @param keys the private keys
     * @param aliveWithin a gateway's instance without a heartbeat for longer does not count
     * @param tokenLifetime a key that ends sooner signs only when there is no other
     */
    public KeyChoice(
            Supplier<SigningKeys> keys,
            Supplier<ReferenceSnapshot> reference,
            Duration aliveWithin,
            Duration tokenLifetime) {
        this.keys = keys;
        this.reference = reference;
        this.aliveWithin = aliveWithin;
        this.tokenLifetime = tokenLifetime;
    }

    /** Whether anything may be signed with a key at this moment, also what was granted before. */
    public boolean maySign(String keyId) {
        return reference.get().tokenKey(keyId).filter(key -> !key.isRevoked()).isPresent();
    }

    @Override
    public Optional<String> keyFor(GatewayId gateway, Instant now) {
        ReferenceSnapshot snapshot = reference.get();
        List<PublishedKey> usable = usable(snapshot, now);
        List<PublishedKey> lasting = usable.stream()
                .filter(key -> key.notAfter().isAfter(now.plus(tokenLifetime)))
                .toList();
        Predicate<PublishedKey> known = key -> isKnown(snapshot, gateway, key, now);
        return first(lasting, known)
                .or(() -> first(usable, known))
                .or(() -> longestThere(lasting))
                .or(() -> longestThere(usable))
                .map(PublishedKey::keyId);
    }

    /** Newest first. */
    private List<PublishedKey> usable(ReferenceSnapshot snapshot, Instant now) {
        return keys.get().publicKeys().reversed().stream()
                .filter(own -> isInTime(own, now))
                .flatMap(own -> snapshot.tokenKey(own.getKeyId()).stream()
                        .filter(there -> there.isUsableAt(now) && there.isOf(own)))
                .toList();
    }

    private static boolean isInTime(TokenKey own, Instant now) {
        return !now.isBefore(own.getNotBefore()) && now.isBefore(own.getNotAfter());
    }

    private boolean isKnown(ReferenceSnapshot snapshot, GatewayId gateway, PublishedKey key, Instant now) {
        Belief belief = snapshot.belief(gateway, key.keyId(), now, aliveWithin);
        return switch (belief) {
            case BELIEVED -> true;
            case NOT_BELIEVED -> false;
            case NOT_SAID -> !key.publishedAt().plus(SETTLED).isAfter(now);
        };
    }

    private static Optional<PublishedKey> first(List<PublishedKey> keys, Predicate<PublishedKey> known) {
        return keys.stream().filter(known).findFirst();
    }

    private static Optional<PublishedKey> longestThere(List<PublishedKey> keys) {
        return keys.stream().min(Comparator.comparing(PublishedKey::publishedAt));
    }
}
