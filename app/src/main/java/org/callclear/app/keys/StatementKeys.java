package org.callclear.app.keys;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.TopicTail;
import org.callclear.settlement.seal.StatementSigner;
import org.callclear.tokens.SigningKeySource;
import org.callclear.tokens.SigningKeys;
import org.jspecify.annotations.Nullable;

/**
 * Signs statements with the newest key of a file that may sign now: in its time, on statement-keys, and not revoked there.
 * A new key, a revocation and another file show at once.
 */
public final class StatementKeys implements StatementSigner {
    private final SigningKeySource.File file;
    private final SigningKeySource.Reader reader;
    private final KeyWords words = new KeyWords();
    private final TopicTail tail;
    private final Clock clock;

    private String stamp = "";
    private @Nullable SigningKeys keys;

    private StatementKeys(SigningKeySource.File file, KafkaAccess access, Clock clock) {
        this.file = file;
        this.reader = file.reader();
        this.clock = clock;
        this.tail = TopicTail.start(
                access,
                "settlement-statement-keys",
                List.of(Topic.STATEMENT_KEYS.topic()),
                TopicTail.From.BEGINNING,
                (record, reading) -> KeyTopic.take(words, record, reading));
    }

    /**
     * Opens the file and follows statement-keys.
     *
     * @param access of the party {@code settlement}
     * @throws KeyException when the file cannot be used; the message names it
     */
    public static StatementKeys open(SigningKeySource.File file, KafkaAccess access, Clock clock) {
        StatementKeys opened = new StatementKeys(file, access, clock);
        try {
            opened.read();
            return opened;
        } catch (UncheckedIOException e) {
            opened.close();
            throw new KeyException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Optional<String> hindrance() {
        if (tail.ended().isDone()) {
            return Optional.of("statement-keys is not read any more");
        }
        if (!tail.caughtUp().isDone()) {
            return Optional.of("statement-keys is not read yet");
        }
        try {
            return active().isPresent()
                    ? Optional.empty()
                    : Optional.of("no key in " + file.pkcs12() + " is in its time, on statement-keys, and not revoked"
                            + " (`keys list --statements` shows them, `keys rotate --statements` makes one)");
        } catch (UncheckedIOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Optional<Signature> sign(Function<String, byte[]> message) {
        SigningKeys from = read();
        return active().map(keyId -> new Signature(keyId, from.sign(keyId, message.apply(keyId))));
    }

    /** The newest that may sign now. */
    private Optional<String> active() {
        Instant now = clock.instant();
        SortedMap<String, TokenKey> published = words.keys();
        return read().publicKeys().reversed().stream()
                .map(TokenKey::getKeyId)
                .filter(keyId ->
                        isActive(published.get(keyId), now) && !words.doubtful().contains(keyId))
                .findFirst();
    }

    private static boolean isActive(@Nullable TokenKey key, Instant now) {
        return key != null && KeyState.of(key, now) == KeyState.ACTIVE;
    }

    private SigningKeys read() {
        SigningKeys known = keys;
        String now = reader.stamp();
        if (known == null || !now.equals(stamp)) {
            known = reader.read();
            keys = known;
            stamp = now;
        }
        return known;
    }

    @Override
    public void close() {
        tail.close();
    }
}
