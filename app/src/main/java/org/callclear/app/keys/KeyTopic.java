package org.callclear.app.keys;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.TopicTail;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topic of the keys of one use once, and nothing else: a revocation must not wait for large rate decks. A word
 * that cannot be used does not keep the other keys from being revoked.
 */
final class KeyTopic {
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private KeyTopic() {}

    /**
     * All that is said of keys.
     *
     * @throws KeyException when the topic cannot be read to its end
     */
    static KeyWords read(KafkaAccess access, KeyUse use) {
        String name = use.topic().topic();
        KeyWords words = new KeyWords();
        try (TopicTail tail = TopicTail.start(
                access,
                "administration-" + name,
                List.of(name),
                TopicTail.From.BEGINNING_TO_END,
                (record, reading) -> take(words, record, reading))) {
            tail.caughtUp().get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new KeyException(
                    "the topic " + name + " could not be read within " + WITHIN.toSeconds()
                            + " s: is it there? (`topics apply`)",
                    e);
        } catch (ExecutionException e) {
            throw new KeyException("the topic " + name + " cannot be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeyException("interrupted while reading the topic " + name, e);
        }
        return words;
    }

    static void take(KeyWords words, ConsumerRecord<String, byte[]> record, @Nullable Reading reading) {
        if (record.key() != null) {
            words.take(record.key(), word(record.key(), reading));
        }
    }

    private static @Nullable TokenKey word(String keyId, @Nullable Reading reading) {
        return reading instanceof Reading.Read read
                        && read.value() instanceof TokenKey key
                        && key.getKeyId().equals(keyId)
                ? key
                : null;
    }
}
