package org.callclear.app.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.app.reference.ReferenceData.Deck;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.Gateway;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.topics.Topic;

/** Puts the records of the reference topics together, in the order they stand. */
final class Gathering {
    private final SortedMap<String, Carrier> carriers;
    private final SortedMap<String, Gateway> gateways;
    private final SortedMap<String, Contract> contracts;
    private final SortedMap<String, Deck> decks;
    private final Map<String, Long> revisions;
    private final SortedMap<String, TokenKey> tokenKeys;
    private final Map<String, SortedMap<Long, SortedMap<Integer, RateDeckChunk>>> chunks = new HashMap<>();

    /** Begins with what is known already. */
    Gathering(ReferenceData known) {
        carriers = new TreeMap<>(known.carriers());
        gateways = new TreeMap<>(known.gateways());
        contracts = new TreeMap<>(known.contracts());
        decks = new TreeMap<>(known.decks());
        revisions = new TreeMap<>(known.deckRevisions());
        tokenKeys = new TreeMap<>(known.tokenKeys());
    }

    void take(SpecificRecord record) {
        switch (record) {
            case Carrier carrier -> carriers.put(carrier.getId(), carrier);
            case Gateway gateway -> gateways.put(gateway.getId(), gateway);
            case Contract contract -> contracts.put(contract.getId(), contract);
            case TokenKey key -> tokenKeys.put(key.getKeyId(), key);
            case RateDeckChunk chunk ->
                chunks.computeIfAbsent(chunk.getDeck(), deck -> new TreeMap<>())
                        .computeIfAbsent(chunk.getRevision(), revision -> new TreeMap<>())
                        .put(chunk.getChunk(), chunk);
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
        } else if (topic.equals(Topic.TOKEN_KEYS.topic())) {
            tokenKeys.remove(key);
        }
    }

    ReferenceData result() {
        chunks.forEach((name, byRevision) -> {
            revisions.put(name, byRevision.lastKey());
            byRevision.forEach((revision, pieces) -> {
                if (pieces.size() == pieces.firstEntry().getValue().getChunks()) {
                    List<RateRow> rows = new ArrayList<>();
                    pieces.values().forEach(piece -> rows.addAll(piece.getRows()));
                    decks.put(name, new Deck(revision, List.copyOf(rows)));
                }
            });
        });
        return new ReferenceData(carriers, gateways, contracts, decks, revisions, tokenKeys);
    }
}
