package org.callclear.app.topics;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.callclear.schemas.topics.Catalogue.AccessRule;
import org.callclear.schemas.topics.Party;

/**
 * What is there now.
 *
 * @param topics by name
 * @param rules rules of access for parties of ours; other principals' are not looked at
 * @param quotas of parties of ours that belong to a carrier, by Kafka's keys; other principals' are not looked at
 * @param schemas all registered versions by subject, oldest first
 * @param compatible the subjects (or, with {@code everySubject}, all) that only take fully compatible changes
 * @param everySubject whether the registry's own default is full compatibility with all earlier versions
 */
public record Found(
        Map<String, FoundTopic> topics,
        Set<AccessRule> rules,
        Map<Party, Map<String, Double>> quotas,
        Map<String, List<Schema>> schemas,
        Set<String> compatible,
        boolean everySubject) {
    /**
     * A topic as it is.
     *
     * @param config the values in force, set or default
     */
    public record FoundTopic(int partitions, Map<String, String> config) {
        public FoundTopic {
            config = Map.copyOf(config);
        }
    }

    public Found {
        topics = Map.copyOf(topics);
        rules = Set.copyOf(rules);
        quotas = Map.copyOf(quotas);
        schemas = Map.copyOf(schemas);
        compatible = Set.copyOf(compatible);
    }

    /** An empty cluster and an empty registry with full compatibility. */
    public static Found nothing() {
        return new Found(Map.of(), Set.of(), Map.of(), Map.of(), Set.of(), true);
    }
}
