package org.callclear.app.reference;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.Gateway;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.rating.RateDeck;
import org.callclear.schemas.topics.Directory;

/**
 * What the reference topics hold, each at its latest revision.
 *
 * @param carriers by id
 * @param gateways by id
 * @param contracts by id
 * @param decks by name; the latest revision that is there in all its chunks
 * @param deckRevisions by name the highest revision ever seen, whole or not: the next must be higher
 * @param tokenKeys the public keys that tokens may be signed with, by id, revoked or not
 */
public record ReferenceData(
        SortedMap<String, Carrier> carriers,
        SortedMap<String, Gateway> gateways,
        SortedMap<String, Contract> contracts,
        SortedMap<String, Deck> decks,
        Map<String, Long> deckRevisions,
        SortedMap<String, TokenKey> tokenKeys) {

    /** A deck with its rows as they were imported. */
    public record Deck(long revision, java.util.List<org.callclear.schemas.avro.RateRow> rows) {
        /** The same, to be asked. */
        public RateDeck named(String name) {
            return RateDeck.of(name, revision, rows);
        }
    }

    /** Nothing yet. */
    public static ReferenceData empty() {
        return new ReferenceData(
                new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    /** Who takes part: what topics and rules of access are made for. */
    public Directory directory() {
        SortedSet<CarrierId> carrierIds = new TreeSet<>();
        carriers.keySet().forEach(id -> carrierIds.add(new CarrierId(id)));
        SortedMap<GatewayId, CarrierId> gatewayIds = new TreeMap<>();
        gateways.forEach((id, gateway) -> gatewayIds.put(new GatewayId(id), new CarrierId(gateway.getCarrier())));
        return new Directory(carrierIds, gatewayIds);
    }

    /** What is known once an update has been written. */
    public ReferenceData after(ReferenceUpdate update) {
        Gathering gathering = new Gathering(this);
        update.entries().forEach(entry -> gathering.take(entry.value()));
        return gathering.result();
    }
}
