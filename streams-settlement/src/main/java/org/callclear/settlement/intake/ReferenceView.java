package org.callclear.settlement.intake;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.topics.Topic;
import org.jspecify.annotations.Nullable;

/**
 * What the reference data says that intake needs: the carriers, and which revisions of their contracts and decks are in
 * force. It depends on the topics' content only, not on the order in which it came. Thread-safe.
 */
final class ReferenceView {
    private record Piece(String deck, long revision, int chunk, int chunks) {}

    private record Side(String carrier, Role role) {}

    /**
     * Revisions in force.
     *
     * @param contract of a carrier's contract; 0 when it has none
     * @param deck the latest complete one of that contract's deck; 0 when there is none
     */
    record Revisions(long contract, long deck) {
        static final Revisions NONE = new Revisions(0, 0);
    }

    private final Set<String> carriers = new TreeSet<>();
    private final Map<String, Contract> contracts = new TreeMap<>();
    private final Map<String, Piece> pieces = new HashMap<>();
    /** Worked out of the above when it is asked for; null after a change. */
    private @Nullable Map<Side, Revisions> inForce;

    /**
     * Takes a record in; a new one under a key takes the place of the one before.
     *
     * @return whether it can be used; if not, all stays as it was
     */
    synchronized boolean put(String topic, String key, SpecificRecord value) {
        boolean usable = (Topic.CARRIERS.topic().equals(topic) && value instanceof Carrier && putCarrier(key))
                || (Topic.CONTRACTS.topic().equals(topic) && value instanceof Contract contract && put(key, contract))
                || (Topic.RATE_DECKS.topic().equals(topic) && value instanceof RateDeckChunk chunk && put(key, chunk));
        inForce = usable ? null : inForce;
        return usable;
    }

    /** What stood under a key of a topic is gone. */
    synchronized void remove(String topic, String key) {
        if (topic.equals(Topic.CARRIERS.topic())) {
            carriers.remove(key);
        } else if (topic.equals(Topic.CONTRACTS.topic())) {
            contracts.remove(key);
        } else if (topic.equals(Topic.RATE_DECKS.topic())) {
            pieces.remove(key);
        }
        inForce = null;
    }

    /** The carriers' ids, sorted. */
    synchronized List<String> carriers() {
        return List.copyOf(carriers);
    }

    /** By what a carrier's calls on one side are priced now; of several contracts the first by id, as calls are granted. */
    synchronized Revisions inForce(String carrier, Role side) {
        Map<Side, Revisions> known = inForce;
        if (known == null) {
            known = workOut();
            inForce = known;
        }
        return known.getOrDefault(new Side(carrier, side), Revisions.NONE);
    }

    private boolean putCarrier(String key) {
        return PartyName.isValid(key) && (carriers.add(key) || carriers.contains(key));
    }

    private boolean put(String key, Contract contract) {
        contracts.put(key, contract);
        return true;
    }

    private boolean put(String key, RateDeckChunk chunk) {
        if (chunk.getChunk() < 0 || chunk.getChunk() >= chunk.getChunks()) {
            return false;
        }
        pieces.put(key, new Piece(chunk.getDeck(), chunk.getRevision(), chunk.getChunk(), chunk.getChunks()));
        return true;
    }

    private Map<Side, Revisions> workOut() {
        Map<String, Long> decks = latestComplete();
        Map<Side, Revisions> found = new HashMap<>();
        contracts.forEach((id, contract) -> found.putIfAbsent(
                new Side(contract.getCarrier(), contract.getSide()),
                new Revisions(contract.getRevision(), decks.getOrDefault(contract.getDeck(), 0L))));
        return found;
    }

    private Map<String, Long> latestComplete() {
        record Edition(String deck, long revision) {}
        Map<Edition, Set<Piece>> editions = new HashMap<>();
        pieces.values()
                .forEach(piece -> editions.computeIfAbsent(
                                new Edition(piece.deck(), piece.revision()), edition -> new HashSet<>())
                        .add(piece));
        Map<String, Long> latest = new HashMap<>();
        editions.entrySet().stream()
                .filter(edition -> isComplete(edition.getValue()))
                .sorted(Comparator.comparingLong(edition -> edition.getKey().revision()))
                .forEach(edition ->
                        latest.put(edition.getKey().deck(), edition.getKey().revision()));
        return latest;
    }

    /** Different pieces that all say there are as many as there are: none is missing. */
    private static boolean isComplete(Set<Piece> edition) {
        return edition.stream().allMatch(piece -> piece.chunks() == edition.size());
    }
}
