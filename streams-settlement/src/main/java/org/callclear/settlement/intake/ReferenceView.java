package org.callclear.settlement.intake;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.intake.InForce.Side;
import org.callclear.settlement.period.Calendar;
import org.jspecify.annotations.Nullable;

/**
 * What the reference data says that intake needs: the carriers, their contracts and decks, and by which calendars they
 * settle. Thread-safe.
 */
final class ReferenceView {
    private final Calendar usual;
    private final SortedSet<String> carriers = new TreeSet<>();
    private final Map<String, Contract> contracts = new TreeMap<>();
    private final DeckPieces decks = new DeckPieces();
    /** Worked out of the above when it is asked for; null after a change. */
    private @Nullable InForce inForce;

    /** @param usual the calendar of carriers without a contract */
    ReferenceView(Calendar usual) {
        this.usual = usual;
    }

    /**
     * Takes a record in; a new one under a key takes the place of the one before.
     *
     * @return whether it can be used; if not, all stays as it was
     */
    synchronized boolean put(String topic, String key, SpecificRecord value) {
        boolean usable = (Topic.CARRIERS.topic().equals(topic) && value instanceof Carrier && putCarrier(key))
                || (Topic.CONTRACTS.topic().equals(topic) && value instanceof Contract contract && put(key, contract))
                || (Topic.RATE_DECKS.topic().equals(topic)
                        && value instanceof RateDeckChunk chunk
                        && decks.put(key, chunk));
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
            decks.remove(key);
        }
        inForce = null;
    }

    /** What all of it says now. */
    synchronized InForce inForce() {
        InForce known = inForce;
        if (known == null) {
            known = new InForce(carriers, sides(Role.ORIGINATING), sides(Role.TERMINATING), calendars());
            inForce = known;
        }
        return known;
    }

    private boolean putCarrier(String key) {
        return PartyName.isValid(key) && (carriers.add(key) || carriers.contains(key));
    }

    /** A contract in a zone that is not known here could not be settled by. */
    private boolean put(String key, Contract contract) {
        if (Calendar.of(contract).isEmpty()) {
            return false;
        }
        contracts.put(key, contract);
        return true;
    }

    /** Of several contracts the first by id, as calls are granted. */
    private Map<String, Side> sides(Role role) {
        Map<String, Side> found = new HashMap<>();
        contracts.values().stream()
                .filter(contract -> contract.getSide() == role)
                .forEach(contract ->
                        found.putIfAbsent(contract.getCarrier(), Side.of(contract, decks.deck(contract.getDeck()))));
        return found;
    }

    /** Only carriers that take part: no other has a topic for its statements. */
    private Map<Calendar, SortedSet<String>> calendars() {
        Map<Calendar, SortedSet<String>> found = new TreeMap<>();
        SortedSet<String> without = new TreeSet<>(carriers);
        for (Contract contract : contracts.values()) {
            SortedSet<String> parties =
                    found.computeIfAbsent(Calendar.of(contract).orElse(usual), calendar -> new TreeSet<>());
            if (carriers.contains(contract.getCarrier())) {
                parties.add(contract.getCarrier());
            }
            without.remove(contract.getCarrier());
        }
        found.computeIfAbsent(usual, calendar -> new TreeSet<>()).addAll(without);
        return found;
    }
}
