package org.callclear.app.keys;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.callclear.app.reference.ReferenceUpdate;
import org.callclear.app.reference.ReferenceWriter;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.tokens.SigningKeySource;
import org.callclear.tokens.SigningKeys;
import org.jspecify.annotations.Nullable;

/**
 * Makes, publishes, lists and revokes the keys that sign tokens, or those that sign statements. A change opens the writer
 * before it reads, so that of two at once the later sees what the earlier wrote, or the earlier fails and wrote nothing.
 */
public final class KeyLife {
    private final KafkaAccess access;
    private final KeyUse use;
    private final Clock clock;

    /** @param access of the party {@code administration} */
    public KeyLife(KafkaAccess access, KeyUse use, Clock clock) {
        this.access = access;
        this.use = use;
        this.clock = clock;
    }

    /**
     * Makes a key, writes it to the key file, which is made where there is none, and publishes its public half.
     *
     * @param in from when on it may sign
     * @param lasts how long then
     * @throws KeyException when that cannot be; the message says what was done already
     */
    public TokenKey rotate(SigningKeySource source, Duration in, Duration lasts) {
        if (!(source instanceof SigningKeySource.File file)) {
            throw new KeyException(
                    "keys in hardware are made by its own tools; make one and let `keys publish` publish it");
        }
        Instant from = clock.instant().plus(in).truncatedTo(ChronoUnit.SECONDS);
        try (ReferenceWriter writer =
                ReferenceWriter.ofKeys(access, use.topic())) { // before the file: a cluster that is away
            SigningKeys.Rotated rotated = added(file, from, from.plus(lasts).truncatedTo(ChronoUnit.SECONDS));
            try {
                write(writer, List.of(rotated.key()));
            } catch (RuntimeException e) {
                throw new KeyException(
                        "key " + rotated.key().getKeyId() + " is in " + file.pkcs12()
                                + " but not on " + name() + ", so nothing is signed with it: run `keys publish"
                                + use.option() + "` ("
                                + e.getMessage() + ")",
                        e);
            }
            return rotated.key();
        } catch (UncheckedIOException e) {
            throw new KeyException(String.valueOf(e.getMessage()), e);
        }
    }

    private SigningKeys.Rotated added(SigningKeySource.File file, Instant from, Instant until) {
        SecureRandom random = new SecureRandom();
        if (Files.exists(file.pkcs12())) {
            SigningKeys kept = SigningKeys.open(file);
            requireOfThisUse(kept.publicKeys());
            return kept.rotate(from, until, random);
        }
        SigningKeys first = SigningKeys.create(file, from, until, random);
        return new SigningKeys.Rotated(first, first.publicKeys().getFirst());
    }

    /**
     * What {@link #publish} did.
     *
     * @param fresh the keys that are on the topic now and were not before
     * @param withheld ids of keys that are kept and were not published: what the topic says of them was deleted or
     *     cannot be read, so they may have been revoked
     */
    public record Published(List<TokenKey> fresh, List<String> withheld) {}

    /**
     * Publishes the public halves that the topic does not have yet; what it says of the others, revoked or not, stands.
     * A revocation that a later word hides is written again.
     */
    public Published publish(SigningKeySource source) {
        try (ReferenceWriter writer = ReferenceWriter.ofKeys(access, use.topic())) {
            KeyWords words = KeyTopic.read(access, use);
            List<TokenKey> kept = source.reader().read().publicKeys();
            requireOfThisUse(kept);
            List<TokenKey> missing = kept.stream()
                    .filter(key -> !words.keys().containsKey(key.getKeyId()))
                    .toList();
            Map<Boolean, List<TokenKey>> byDoubt = missing.stream()
                    .collect(Collectors.partitioningBy(key -> words.doubtful().contains(key.getKeyId())));
            List<TokenKey> fresh = byDoubt.getOrDefault(false, List.of());
            write(writer, Stream.concat(words.hidden().stream(), fresh.stream()).toList());
            return new Published(
                    fresh,
                    byDoubt.getOrDefault(true, List.of()).stream()
                            .map(TokenKey::getKeyId)
                            .toList());
        } catch (UncheckedIOException e) {
            throw new KeyException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A key that signed for the other use would be believed for both. */
    private void requireOfThisUse(List<TokenKey> kept) {
        SortedMap<String, TokenKey> others = KeyTopic.read(access, use.other()).keys();
        for (TokenKey key : kept) {
            if (others.containsKey(key.getKeyId())) {
                throw new KeyException(
                        "key " + key.getKeyId() + ": signs " + use.other().signed() + " and stands on "
                                + use.other().topic().topic() + "; " + use.signed() + " need keys of their own");
            }
        }
    }

    /**
     * The key as the topic has it.
     *
     * @throws KeyException when there is no such key
     */
    public TokenKey find(String keyId) {
        return require(keyId, KeyTopic.read(access, use).keys());
    }

    private TokenKey require(String keyId, SortedMap<String, TokenKey> there) {
        TokenKey key = there.get(keyId);
        if (key == null) {
            throw new KeyException("key '" + keyId + "': not on " + name() + "; there "
                    + (there.isEmpty() ? "is none" : "are " + String.join(", ", there.keySet())));
        }
        return key;
    }

    /**
     * Revokes a key, now and for good. One that is revoked already stays as it is; its revocation is written again when
     * a later word hides it.
     *
     * @param force even though calls are refused until there is another key
     * @return the key as the topic has it now
     * @throws KeyException when there is no such key, or it is the only one to sign with
     */
    public TokenKey revoke(String keyId, String reason, boolean force) {
        try (ReferenceWriter writer = ReferenceWriter.ofKeys(access, use.topic())) {
            KeyWords words = KeyTopic.read(access, use);
            SortedMap<String, TokenKey> there = words.keys();
            TokenKey key = require(keyId, there);
            if (key.getRevokedAt() != null) {
                write(writer, words.hidden());
                return key;
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            if (!force) {
                requireAnother(key, there, now);
            }
            TokenKey revoked = TokenKey.newBuilder(key)
                    .setRevokedAt(now)
                    .setRevokedReason(reason)
                    .build();
            write(writer, List.of(revoked));
            return revoked;
        }
    }

    /** A key in its time that every gateway has by now, if this one is such a key itself. */
    private void requireAnother(TokenKey key, SortedMap<String, TokenKey> there, Instant now) {
        if (KeyState.of(key, now) != KeyState.ACTIVE) {
            return;
        }
        Set<String> others = new TreeSet<>();
        there.values().stream()
                .filter(other -> KeyState.of(other, now) == KeyState.ACTIVE)
                .map(TokenKey::getKeyId)
                .filter(other -> !other.equals(key.getKeyId()))
                .forEach(others::add);
        if (others.isEmpty()) {
            throw new KeyException(
                    "key " + key.getKeyId() + ": the only one that " + use.signed() + " can be signed with now:"
                            + " `keys rotate" + use.option() + "` first; or --force, and " + use.withoutKey()
                            + " until there is another");
        }
        if (use == KeyUse.STATEMENTS) {
            return;
        }
        SortedMap<String, Set<String>> heard = Believers.read(access, now);
        if (heard.isEmpty()) {
            throw new KeyException("key " + key.getKeyId() + ": no gateway has said in the last "
                    + Believers.ALIVE_WITHIN.toSeconds() + " s which keys it has, so none may have another than this:"
                    + " see that gateways run and try again; or --force");
        }
        heard.forEach((gateway, believed) -> {
            if (others.stream().noneMatch(believed::contains)) {
                throw new KeyException(
                        "key " + key.getKeyId() + ": gateway " + gateway + " has none of the others yet ("
                                + String.join(", ", others) + "): wait a moment and try again; or --force");
            }
        });
    }

    /** Every key on the topic, those that began last first. */
    public List<ListedKey> list() {
        Instant now = clock.instant();
        SortedMap<String, TokenKey> there = KeyTopic.read(access, use).keys();
        SortedMap<String, Set<String>> believed = use == KeyUse.TOKENS ? Believers.read(access, now) : new TreeMap<>();
        List<TokenKey> newestFirst = there.values().stream()
                .sorted(Comparator.comparing(TokenKey::getNotBefore)
                        .thenComparing(TokenKey::getKeyId)
                        .reversed())
                .toList();
        return newestFirst.stream()
                .map(key -> new ListedKey(
                        key,
                        KeyState.of(key, now),
                        gateways(believed, keys -> keys.contains(key.getKeyId())),
                        gateways(believed, keys -> key.equals(signing(newestFirst, keys, now)))))
                .toList();
    }

    private static @Nullable TokenKey signing(List<TokenKey> newestFirst, Set<String> believed, Instant now) {
        return newestFirst.stream()
                .filter(key -> KeyState.of(key, now) == KeyState.ACTIVE && believed.contains(key.getKeyId()))
                .findFirst()
                .orElse(null);
    }

    private static SortedSet<String> gateways(Map<String, Set<String>> believed, Predicate<Set<String>> which) {
        SortedSet<String> gateways = new TreeSet<>();
        believed.forEach((gateway, keys) -> {
            if (which.test(keys)) {
                gateways.add(gateway);
            }
        });
        return gateways;
    }

    private String name() {
        return use.topic().topic();
    }

    private void write(ReferenceWriter writer, List<TokenKey> keys) {
        writer.write(new ReferenceUpdate(keys.stream()
                .map(key -> new ReferenceUpdate.Entry(use.topic(), key.getKeyId(), key))
                .toList()));
    }
}
