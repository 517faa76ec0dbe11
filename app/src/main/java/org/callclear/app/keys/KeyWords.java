package org.callclear.app.keys;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.callclear.schemas.avro.TokenKey;
import org.jspecify.annotations.Nullable;

/**
 * What token-keys or statement-keys says, word after word. A key that one word revokes stays revoked, whatever is said of it later; a key
 * whose last word cannot be used may have been revoked, and nobody can know.
 */
final class KeyWords {
    private final Map<String, TokenKey> revoked = new HashMap<>();
    private final Map<String, TokenKey> last = new HashMap<>();
    private final SortedSet<String> doubtful = new TreeSet<>();

    /**
     * Takes the next word.
     *
     * @param keyId what it is about
     * @param word null when it is a tombstone or cannot be used
     */
    synchronized void take(String keyId, @Nullable TokenKey word) {
        if (word == null) {
            last.remove(keyId);
            doubtful.add(keyId);
            return;
        }
        last.put(keyId, word);
        doubtful.remove(keyId);
        if (word.getRevokedAt() != null) {
            revoked.putIfAbsent(keyId, word);
        }
    }

    /** Each key by id: as it was revoked, else as the last word has it. */
    synchronized SortedMap<String, TokenKey> keys() {
        SortedMap<String, TokenKey> keys = new TreeMap<>(last);
        keys.putAll(revoked);
        return keys;
    }

    /** The ids whose last word cannot be used, while none is known that revokes the key. */
    synchronized SortedSet<String> doubtful() {
        SortedSet<String> ids = new TreeSet<>(doubtful);
        ids.removeAll(revoked.keySet());
        return ids;
    }

    /** The revocations that a later word hides from gateways, or will once the topic is compacted: to be said again. */
    synchronized List<TokenKey> hidden() {
        return new TreeMap<>(revoked)
                .values().stream()
                        .filter(key -> {
                            TokenKey now = last.get(key.getKeyId());
                            return now == null || now.getRevokedAt() == null;
                        })
                        .toList();
    }
}
