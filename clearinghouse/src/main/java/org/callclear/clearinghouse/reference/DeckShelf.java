package org.callclear.clearinghouse.reference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.rating.RateDeck;
import org.jspecify.annotations.Nullable;

/**
 * Puts chunks together to decks. The deck in force is the highest revision of which all chunks are there, so what holds
 * depends on the topic's content only, not on the order in which it came.
 */
final class DeckShelf {
    private final Map<String, RateDeckChunk> byKey = new HashMap<>();
    private final Map<String, NavigableMap<Long, NavigableMap<Integer, RateDeckChunk>>> byDeck = new HashMap<>();
    private final Map<String, RateDeck> decks = new HashMap<>();

    /** @throws IllegalArgumentException naming the row and field that cannot be used; the shelf is as before */
    void put(String key, RateDeckChunk chunk) {
        if (chunk.getChunks() < 1 || chunk.getChunk() < 0 || chunk.getChunk() >= chunk.getChunks()) {
            throw new IllegalArgumentException(
                    where(chunk) + ": chunk " + chunk.getChunk() + " of " + chunk.getChunks() + " cannot be");
        }
        chunk.getRows().forEach(row -> check(where(chunk), row));
        remove(key);
        byKey.put(key, chunk);
        byDeck.computeIfAbsent(chunk.getDeck(), deck -> new TreeMap<>())
                .computeIfAbsent(chunk.getRevision(), revision -> new TreeMap<>())
                .put(chunk.getChunk(), chunk);
        assemble(chunk.getDeck());
    }

    void remove(String key) {
        RateDeckChunk gone = byKey.remove(key);
        if (gone == null) {
            return;
        }
        var revisions = byDeck.getOrDefault(gone.getDeck(), new TreeMap<>());
        var chunks = revisions.getOrDefault(gone.getRevision(), new TreeMap<>());
        chunks.remove(gone.getChunk());
        if (chunks.isEmpty()) {
            revisions.remove(gone.getRevision());
        }
        assemble(gone.getDeck());
    }

    Map<String, RateDeck> decks() {
        return Map.copyOf(decks);
    }

    private void assemble(String name) {
        for (var revision :
                byDeck.getOrDefault(name, new TreeMap<>()).descendingMap().entrySet()) {
            List<RateRow> rows = rowsIfComplete(revision.getValue());
            if (rows != null) {
                RateDeck inForce = decks.get(name);
                boolean newer = inForce == null || inForce.revision() != revision.getKey();
                decks.put(name, newer ? RateDeck.of(name, revision.getKey(), rows) : inForce);
                return;
            }
        }
        decks.remove(name);
    }

    private static @Nullable List<RateRow> rowsIfComplete(NavigableMap<Integer, RateDeckChunk> chunks) {
        if (chunks.values().stream().anyMatch(chunk -> chunk.getChunks() != chunks.size())) {
            return null;
        }
        List<RateRow> rows = new ArrayList<>();
        chunks.values().forEach(chunk -> rows.addAll(chunk.getRows()));
        return rows;
    }

    private static String where(RateDeckChunk chunk) {
        return "deck " + chunk.getDeck() + " revision " + chunk.getRevision();
    }

    private static void check(String where, RateRow row) {
        KnownGateway.requirePrefix(where, row.getPrefix());
        String at = where + " prefix " + row.getPrefix();
        require(!row.getDestination().isBlank(), at, "destination", "''", "must not be empty");
        require(row.getInitialSeconds() >= 1, at, "initialSeconds", row.getInitialSeconds(), "must be at least 1");
        require(
                row.getIncrementSeconds() >= 1,
                at,
                "incrementSeconds",
                row.getIncrementSeconds(),
                "must be at least 1");
        checkAmount(at, "ratePerMinute", row.getRatePerMinute());
        checkAmount(at, "connectFee", row.getConnectFee());
    }

    private static void checkAmount(String at, String field, BigDecimal amount) {
        require(amount.signum() >= 0, at, field, amount, "must not be negative");
    }

    private static void require(boolean holds, String at, String field, Object value, String must) {
        if (!holds) {
            throw new IllegalArgumentException(at + ": " + field + " " + value + ": " + must);
        }
    }
}
