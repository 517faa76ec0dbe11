package org.callclear.clearinghouse.reference;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.callclear.schemas.call.GatewayId;
import org.jspecify.annotations.Nullable;

/** Gateways by the prefixes they serve. Immutable: a change gives another index. */
final class GatewayIndex {
    static final GatewayIndex EMPTY = new GatewayIndex(Map.of(), Map.of());

    private static final int LONGEST = 15;

    private final Map<GatewayId, KnownGateway> byId;
    private final Map<String, List<KnownGateway>> byPrefix;

    private GatewayIndex(Map<GatewayId, KnownGateway> byId, Map<String, List<KnownGateway>> byPrefix) {
        this.byId = byId;
        this.byPrefix = byPrefix;
    }

    GatewayIndex with(KnownGateway gateway) {
        return replaced(gateway.id(), gateway);
    }

    GatewayIndex without(GatewayId id) {
        return replaced(id, null);
    }

    private GatewayIndex replaced(GatewayId id, @Nullable KnownGateway next) {
        Map<GatewayId, KnownGateway> gateways = new HashMap<>(byId);
        Map<String, List<KnownGateway>> prefixes = new HashMap<>(byPrefix);
        KnownGateway before = gateways.remove(id);
        if (before != null) {
            before.prefixes().forEach(prefix -> prefixes.computeIfPresent(prefix, (p, there) -> less(there, before)));
        }
        if (next != null) {
            gateways.put(id, next);
            new LinkedHashSet<>(next.prefixes())
                    .forEach(prefix -> prefixes.merge(prefix, List.of(next), GatewayIndex::more));
        }
        return new GatewayIndex(gateways, prefixes);
    }

    private static @Nullable List<KnownGateway> less(List<KnownGateway> there, KnownGateway gone) {
        List<KnownGateway> left =
                there.stream().filter(gateway -> !gateway.equals(gone)).toList();
        return left.isEmpty() ? null : left;
    }

    private static List<KnownGateway> more(List<KnownGateway> there, List<KnownGateway> come) {
        List<KnownGateway> all = new ArrayList<>(there);
        all.addAll(come);
        return List.copyOf(all);
    }

    /** Every gateway with some prefix of the number, each once, whatever its status. */
    Collection<KnownGateway> serving(String digits) {
        Set<KnownGateway> found = new LinkedHashSet<>();
        for (int length = Math.min(LONGEST, digits.length()); length > 0; length--) {
            found.addAll(byPrefix.getOrDefault(digits.substring(0, length), List.of()));
        }
        return found;
    }
}
