package org.callclear.app.topics;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Quota;

/** Quotas in Kafka's words, and back. */
final class QuotaSettings {
    private static final String PRODUCED = "producer_byte_rate";
    private static final String CONSUMED = "consumer_byte_rate";
    private static final String REQUESTS = "request_percentage";

    private QuotaSettings() {}

    /** Values by key, whole numbers all of them. */
    static SortedMap<String, Long> of(Quota quota) {
        return new TreeMap<>(Map.of(PRODUCED, quota.producedBytes(), CONSUMED, quota.consumedBytes(), REQUESTS, (long)
                quota.requestPercent()));
    }

    /** Whether what is there is the quota, and no more than it. */
    static boolean same(Quota quota, Map<String, Double> there) {
        return of(quota).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, value -> value.getValue().doubleValue()))
                .equals(there);
    }

    /** Sets the quota, and takes away what other keys there are. */
    static ClientQuotaAlteration set(Quota quota, Set<String> there) {
        SortedMap<String, Long> wanted = of(quota);
        var ops = new java.util.ArrayList<ClientQuotaAlteration.Op>();
        wanted.forEach((key, value) -> ops.add(new ClientQuotaAlteration.Op(key, value.doubleValue())));
        there.stream()
                .filter(key -> !wanted.containsKey(key))
                .forEach(key -> ops.add(new ClientQuotaAlteration.Op(key, null)));
        return new ClientQuotaAlteration(entity(quota.party()), ops);
    }

    private static ClientQuotaEntity entity(Party party) {
        return new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, party.commonName()));
    }

    /** The party a quota is for; empty for what no quota of ours can be for, such as another program's principal. */
    static Optional<Party> party(ClientQuotaEntity entity) {
        String user = entity.entries().get(ClientQuotaEntity.USER);
        if (user == null || entity.entries().size() != 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(Party.parse(user)).filter(party -> party.kind().isMany());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
