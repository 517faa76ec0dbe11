package org.callclear.settlement.intake;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.rating.RateDeck;
import org.jspecify.annotations.Nullable;

/**
 * Puts the chunks of rate decks together. Of each deck it holds the highest complete revision, its rows once, and what
 * has come of later ones; what is older is forgotten. Not thread-safe.
 */
final class DeckPieces {
    private record Place(String deck, long revision, int chunk) {}

    private record Piece(int chunks, RateDeck rows) {}

    /** A revision of a deck of which nothing is missing. */
    record Whole(long revision, RateDeck rows) {}

    private final Map<String, Place> places = new HashMap<>();
    private final Map<Place, String> keys = new HashMap<>();
    private final Map<String, NavigableMap<Long, Map<Integer, Piece>>> incomplete = new HashMap<>();
    private final Map<String, Whole> complete = new HashMap<>();

    /** Takes a chunk in; returns whether it can be used, and if not, all stays as it was. */
    boolean put(String key, RateDeckChunk chunk) {
        Place place = new Place(chunk.getDeck(), chunk.getRevision(), chunk.getChunk());
        boolean canBe = chunk.getChunk() >= 0
                && chunk.getChunk() < chunk.getChunks()
                && chunk.getRows().stream().allMatch(DeckPieces::isUsable);
        if (!canBe || isKnown(place)) {
            return canBe;
        }
        try {
            RateDeck rows = new RateDeck.Builder(chunk.getDeck())
                    .add(chunk.getRevision(), chunk.getRows())
                    .build();
            remove(key);
            add(key, place, new Piece(chunk.getChunks(), rows));
            return true;
        } catch (IllegalArgumentException e) {
            return false; // a prefix that is none
        }
    }

    /** What stood under a key is gone. A complete revision that loses a chunk is no more: no price rather than a wrong one. */
    void remove(String key) {
        Place gone = places.remove(key);
        if (gone == null || !keys.remove(gone, key)) {
            return;
        }
        pieces(gone.deck(), gone.revision()).remove(gone.chunk());
        Whole whole = complete.get(gone.deck());
        if (whole != null && whole.revision() == gone.revision()) {
            complete.remove(gone.deck());
        }
    }

    /** The deck of a name in its highest complete revision; null when there is none. */
    @Nullable
    Whole deck(String name) {
        return complete.get(name);
    }

    /** An older revision holds no more, and what the deck in force is made of is in it already. */
    private boolean isKnown(Place place) {
        Whole whole = complete.get(place.deck());
        return whole != null
                && (place.revision() < whole.revision()
                        || (place.revision() == whole.revision() && keys.containsKey(place)));
    }

    private void add(String key, Place place, Piece piece) {
        places.put(key, place);
        keys.put(place, key);
        Map<Integer, Piece> pieces = pieces(place.deck(), place.revision());
        pieces.put(place.chunk(), piece);
        if (pieces.values().stream().allMatch(each -> each.chunks() == pieces.size())) {
            complete.put(place.deck(), whole(place, pieces));
            forgetUpTo(place.deck(), place.revision());
        }
    }

    private static Whole whole(Place place, Map<Integer, Piece> pieces) {
        RateDeck.Builder deck = new RateDeck.Builder(place.deck());
        pieces.values().forEach(piece -> deck.add(piece.rows()));
        return new Whole(place.revision(), deck.build());
    }

    private void forgetUpTo(String deck, long revision) {
        incomplete.getOrDefault(deck, new TreeMap<>()).headMap(revision, true).clear();
        places.values().removeIf(place -> place.deck().equals(deck) && place.revision() < revision);
        keys.keySet().removeIf(place -> place.deck().equals(deck) && place.revision() < revision);
    }

    private Map<Integer, Piece> pieces(String deck, long revision) {
        return incomplete
                .computeIfAbsent(deck, name -> new TreeMap<>())
                .computeIfAbsent(revision, number -> new TreeMap<>());
    }

    private static boolean isUsable(RateRow row) {
        return row.getInitialSeconds() >= 1
                && row.getIncrementSeconds() >= 1
                && row.getRatePerMinute().signum() >= 0
                && row.getConnectFee().signum() >= 0;
    }
}
