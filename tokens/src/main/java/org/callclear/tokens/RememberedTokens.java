package org.callclear.tokens;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.callclear.schemas.call.TransactionId;

/**
 * Used tokens in memory, in a bounded number. Tokens are filed by the span of time they expire in and forgotten by
 * whole spans. What may have been forgotten, or found no place, is never said to be unknown. Not thread-safe.
 */
public final class RememberedTokens {
    static final Duration SPAN = Duration.ofMinutes(5);

    private final int most;
    private final NavigableMap<Instant, TokenIds> spans = new TreeMap<>();
    private Instant forgottenBefore = Instant.MIN;
    private Instant homelessUntil = Instant.MIN;
    private int size;

    /** What is known of a token. */
    public enum Knowledge {
        /** It was not used. */
        NEW,
        /** It was used, or is so old that it may have been forgotten. */
        USED,
        /** It may be one of those that found no place. */
        UNSURE
    }

    /** @param most how many it keeps at most; 21 to 43 bytes of memory each, 50 while a table grows */
    public RememberedTokens(int most) {
        this.most = most;
    }

    /** What is known of a token. */
    public Knowledge of(TransactionId id, Instant expires) {
        if (expires.isBefore(forgottenBefore) || isKept(id)) {
            return Knowledge.USED;
        }
        return expires.isAfter(homelessUntil) ? Knowledge.NEW : Knowledge.UNSURE;
    }

    /**
     * A token was used. When there is no place for it, nothing that expires up to when it does is
     * {@link Knowledge#NEW} any more.
     *
     * @return what was known of it before
     */
    public Knowledge add(TransactionId id, Instant expires) {
        Knowledge before = of(id, expires);
        if (before == Knowledge.USED) {
            return before;
        }
        if (isFull()) {
            homelessUntil = expires.isAfter(homelessUntil) ? expires : homelessUntil;
            return before;
        }
        spans.computeIfAbsent(spanEnd(expires), end -> new TokenIds()).add(id);
        size++;
        return before;
    }

    /** Forgets the spans that ended by then: no verifier accepts such a token any more. */
    public void forget(Instant horizon) {
        while (!spans.isEmpty() && !spans.firstKey().isAfter(horizon)) {
            Map.Entry<Instant, TokenIds> oldest = spans.pollFirstEntry();
            forgottenBefore = oldest.getKey();
            size -= oldest.getValue().size();
        }
    }

    /** How many it keeps. */
    public int size() {
        return size;
    }

    /** Whether it can take no more. */
    public boolean isFull() {
        return size >= most;
    }

    private boolean isKept(TransactionId id) {
        for (TokenIds span : spans.values()) {
            if (span.contains(id)) {
                return true;
            }
        }
        return false;
    }

    private static Instant spanEnd(Instant expires) {
        long seconds = SPAN.toSeconds();
        return Instant.ofEpochSecond((Math.floorDiv(expires.getEpochSecond(), seconds) + 1) * seconds);
    }
}
