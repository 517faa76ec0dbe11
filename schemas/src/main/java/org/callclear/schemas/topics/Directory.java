package org.callclear.schemas.topics;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;

/** The carriers there are, and the gateways with the carrier each belongs to. */
public record Directory(SortedSet<CarrierId> carriers, SortedMap<GatewayId, CarrierId> gateways) {
    /** @throws IllegalArgumentException when a gateway belongs to a carrier that is not there */
    public Directory {
        carriers = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(carriers));
        gateways = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(gateways));
        for (Map.Entry<GatewayId, CarrierId> gateway : gateways.entrySet()) {
            if (!carriers.contains(gateway.getValue())) {
                throw new IllegalArgumentException(
                        "gateway " + gateway.getKey() + ": unknown carrier '" + gateway.getValue() + "'");
            }
        }
    }

    /** Nobody yet. */
    public static Directory empty() {
        return new Directory(new TreeSet<>(), new TreeMap<>());
    }
}
