package org.callclear.app.reference;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.app.reference.ReferenceData.Deck;
import org.callclear.schemas.avro.CallLimit;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.Gateway;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.limit.LimitRule;
import org.callclear.schemas.rating.RateDeck;
import org.callclear.schemas.topics.Topic;

/** Puts the records of the reference topics together, in the order they stand. */
final class Gathering {
    private final SortedMap<String, Carrier> carriers;
    private final SortedMap<String, Gateway> gateways;
    private final SortedMap<String, Contract> contracts;
    private final SortedMap<String, Deck> decks;
    private final Map<String, Long> revisions;
    private final SortedMap<String, CallLimit> limits;
    private final Map<String, NavigableMap<Long, SortedMap<Integer, Piece>>> pieces = new HashMap<>();

    /** A chunk without the weight of its rows. */
    private record Piece(RateDeck rates, int chunks, String currency) {}

    /** Begins with what is known already. */
    Gathering(ReferenceData known) {
        carriers = new TreeMap<>(known.carriers());
        gateways = new TreeMap<>(known.gateways());
        contracts = new TreeMap<>(known.contracts());
        decks = new TreeMap<>(known.decks());
        revisions = new TreeMap<>(known.deckRevisions());
        limits = new TreeMap<>(known.limits());
    }

    void take(SpecificRecord record) {
        switch (record) {
            case Carrier carrier -> carriers.put(carrier.getId(), carrier);
            case Gateway gateway -> gateways.put(gateway.getId(), gateway);
            case Contract contract -> contracts.put(contract.getId(), contract);
            case CallLimit limit -> limits.put(LimitRule.key(limit), limit);
            case RateDeckChunk chunk -> take(chunk);
            default ->
                throw new ReferenceException("a " + record.getSchema().getName() + " stands among the reference data");
        }
    }

    void forget(String topic, String key) {
        if (topic.equals(Topic.CARRIERS.topic())) {
            carriers.remove(key);
        } else if (topic.equals(Topic.GATEWAYS.topic())) {
            gateways.remove(key);
        } else if (topic.equals(Topic.CONTRACTS.topic())) {
            contracts.remove(key);
        } else if (topic.equals(Topic.LIMITS.topic())) {
            limits.remove(key);
        }
    }

    /** Once all of a revision is there, what came before it is of no use. */
    private void take(RateDeckChunk chunk) {
        revisions.merge(chunk.getDeck(), chunk.getRevision(), Math::max);
        NavigableMap<Long, SortedMap<Integer, Piece>> known =
                pieces.computeIfAbsent(chunk.getDeck(), deck -> new TreeMap<>());
        SortedMap<Integer, Piece> edition = known.computeIfAbsent(chunk.getRevision(), revision -> new TreeMap<>());
        edition.put(chunk.getChunk(), new Piece(rates(chunk), chunk.getChunks(), chunk.getCurrency()));
        if (edition.size() == chunk.getChunks()) {
            known.headMap(chunk.getRevision(), false).clear();
        }
    }

    private static RateDeck rates(RateDeckChunk chunk) {
        try {
            return RateDeck.of(chunk.getDeck(), chunk.getRevision(), chunk.getRows());
        } catch (IllegalArgumentException e) {
            throw new ReferenceException(
                    "deck " + chunk.getDeck() + " revision " + chunk.getRevision() + ": " + e.getMessage(), e);
        }
    }

    ReferenceData result() {
        pieces.forEach((name, byRevision) -> byRevision.values().forEach(edition -> {
            Piece any = edition.get(edition.firstKey());
            if (any != null && edition.size() == any.chunks()) {
                RateDeck.Builder builder = new RateDeck.Builder(name);
                edition.values().forEach(piece -> builder.add(piece.rates()));
                decks.put(name, new Deck(builder.build(), any.currency()));
            }
        }));
        return new ReferenceData(carriers, gateways, contracts, decks, revisions, limits);
    }
}
