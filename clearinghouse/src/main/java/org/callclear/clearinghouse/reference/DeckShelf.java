package org.callclear.clearinghouse.reference;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.rating.RateDeck;

/**
 * Puts chunks together to decks. The deck in force is the highest revision of which all chunks are there, so what holds
 * depends on the topic's content only, not on the order in which it came. Should a chunk of it go, the one before holds again;
 * what is older than these two is forgotten, however many revisions there were. Chunks are kept as columns, a few dozen bytes
 * a row.
 */
final class DeckShelf {
    private final Map<String, Piece> byKey = new HashMap<>();
    private final Map<String, NavigableMap<Long, NavigableMap<Integer, Piece>>> byDeck = new HashMap<>();
    private final Map<String, RateDeck> decks = new HashMap<>();

    private record Piece(RateDeck rates, int chunk, int chunks) {}

    /** @throws IllegalArgumentException naming the row and field that cannot be used; the shelf is as before */
    void put(String key, RateDeckChunk chunk) {
        if (chunk.getChunks() < 1 || chunk.getChunk() < 0 || chunk.getChunk() >= chunk.getChunks()) {
            throw new IllegalArgumentException(
                    where(chunk) + ": chunk " + chunk.getChunk() + " of " + chunk.getChunks() + " cannot be");
        }
        chunk.getRows().forEach(row -> check(where(chunk), row));
        Piece piece = new Piece(
                RateDeck.of(chunk.getDeck(), chunk.getRevision(), chunk.getRows()),
                chunk.getChunk(),
                chunk.getChunks());
        remove(key);
        byKey.put(key, piece);
        byDeck.computeIfAbsent(chunk.getDeck(), deck -> new TreeMap<>())
                .computeIfAbsent(chunk.getRevision(), revision -> new TreeMap<>())
                .put(chunk.getChunk(), piece);
        assemble(chunk.getDeck());
    }

    void remove(String key) {
        Piece gone = byKey.remove(key);
        if (gone == null) {
            return;
        }
        var revisions = byDeck.getOrDefault(gone.rates().name(), new TreeMap<>());
        var chunks = revisions.getOrDefault(gone.rates().revision(), new TreeMap<>());
        chunks.remove(gone.chunk());
        if (chunks.isEmpty()) {
            revisions.remove(gone.rates().revision());
        }
        assemble(gone.rates().name());
    }

    Map<String, RateDeck> decks() {
        return Map.copyOf(decks);
    }

    private void assemble(String name) {
        NavigableMap<Long, NavigableMap<Integer, Piece>> revisions = byDeck.getOrDefault(name, new TreeMap<>());
        List<Long> complete = revisions.descendingMap().entrySet().stream()
                .filter(revision -> isComplete(revision.getValue()))
                .map(Map.Entry::getKey)
                .limit(2)
                .toList();
        if (complete.isEmpty()) {
            decks.remove(name);
            return;
        }
        long inForce = complete.getFirst();
        RateDeck known = decks.get(name);
        if (known == null || known.revision() != inForce) {
            decks.put(name, whole(name, Objects.requireNonNull(revisions.get(inForce))));
        }
        if (complete.size() == 2 && revisions.firstKey() < complete.getLast()) {
            forgetBefore(name, complete.getLast());
        }
    }

    private void forgetBefore(String name, long revision) {
        byDeck.getOrDefault(name, new TreeMap<>()).headMap(revision, false).clear();
        byKey.values()
                .removeIf(piece ->
                        piece.rates().name().equals(name) && piece.rates().revision() < revision);
    }

    private static boolean isComplete(NavigableMap<Integer, Piece> pieces) {
        return pieces.values().stream().allMatch(piece -> piece.chunks() == pieces.size());
    }

    private static RateDeck whole(String name, NavigableMap<Integer, Piece> pieces) {
        RateDeck.Builder builder = new RateDeck.Builder(name);
        pieces.values().forEach(piece -> builder.add(piece.rates()));
        return builder.build();
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
