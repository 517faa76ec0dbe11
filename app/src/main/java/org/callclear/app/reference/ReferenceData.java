package org.callclear.app.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.callclear.schemas.avro.CallLimit;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.Gateway;
import org.callclear.schemas.avro.RateRow;
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
 * @param limits how much carriers may call, by carrier/prefix
 */
public record ReferenceData(
        SortedMap<String, Carrier> carriers,
        SortedMap<String, Gateway> gateways,
        SortedMap<String, Contract> contracts,
        SortedMap<String, Deck> decks,
        Map<String, Long> deckRevisions,
        SortedMap<String, CallLimit> limits) {

    /**
     * The revision of a deck that holds.
     *
     * @param currency ISO 4217; empty where the import did not say
     */
    public record Deck(RateDeck rates, String currency) {
        /** Grows with every import. */
        public long revision() {
            return rates.revision();
        }

        /** Its rows in the order of prefixes, made anew: for a large deck ask {@link #rates()}. */
        public List<RateRow> rows() {
            List<RateRow> rows = new ArrayList<>(rates.size());
            rates.forEachRow(rows::add);
            return rows;
        }
    }

    /** Nothing yet. */
    public static ReferenceData empty() {
        return new ReferenceData(
                new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    /** Who takes part: what topics and rules of access are made for. */
    public Directory directory() {
        return directoryAfter(new ReferenceUpdate(List.of()));
    }

    /** Who takes part once an update has been written. */
    public Directory directoryAfter(ReferenceUpdate update) {
        SortedSet<CarrierId> carrierIds = new TreeSet<>();
        carriers.keySet().forEach(id -> carrierIds.add(new CarrierId(id)));
        SortedMap<GatewayId, CarrierId> gatewayIds = new TreeMap<>();
        gateways.values().forEach(gateway -> put(gatewayIds, gateway));
        for (ReferenceUpdate.Entry entry : update.entries()) {
            if (entry.value() instanceof Carrier carrier) {
                carrierIds.add(new CarrierId(carrier.getId()));
            } else if (entry.value() instanceof Gateway gateway) {
                put(gatewayIds, gateway);
            }
        }
        return new Directory(carrierIds, gatewayIds);
    }

    private static void put(SortedMap<GatewayId, CarrierId> gateways, Gateway gateway) {
        gateways.put(new GatewayId(gateway.getId()), new CarrierId(gateway.getCarrier()));
    }

    /** What is known once an update has been written. */
    public ReferenceData after(ReferenceUpdate update) {
        Gathering gathering = new Gathering(this);
        update.entries().forEach(entry -> gathering.take(entry.value()));
        return gathering.result();
    }
}
