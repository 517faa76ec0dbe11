package org.callclear.app.topics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.callclear.schemas.topics.CallRates;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Catalogue.AccessRule;
import org.callclear.schemas.topics.Catalogue.TopicSpec;
import org.callclear.schemas.topics.Directory;
import org.callclear.schemas.topics.Quota;
import org.callclear.schemas.topics.Topic;

/**
 * What must change so that a cluster and a registry are as the catalogue says. Topics are never deleted; rules of
 * parties of ours that the catalogue does not have are withdrawn.
 *
 * @param changes schemas, topics, rules allowed, rules withdrawn, quotas
 * @param obstacles what no change can mend, a line each; with any of them nothing is to be done
 */
public record TopicPlan(List<Change> changes, List<String> obstacles) {
    public TopicPlan {
        changes = List.copyOf(changes);
        obstacles = List.copyOf(obstacles);
    }

    /**
     * Compares what is wanted for these carriers and gateways with what is there.
     *
     * @param rates what was agreed with the carriers
     */
    public static TopicPlan of(Directory directory, CallRates rates, Found found) {
        List<Change> changes = new ArrayList<>();
        List<String> obstacles = new ArrayList<>();
        records().forEach((subject, schema) -> planSchema(subject, schema, found, changes, obstacles));
        Catalogue.topics(directory).forEach(spec -> planTopic(spec, found, changes, obstacles));
        List<AccessRule> wanted = Catalogue.rules(directory);
        wanted.stream()
                .filter(rule -> !found.rules().contains(rule))
                .forEach(rule -> changes.add(new Change.AllowAccess(rule)));
        found.rules().stream()
                .sorted()
                .filter(rule -> !wanted.contains(rule))
                .forEach(rule -> changes.add(new Change.WithdrawAccess(rule)));
        planQuotas(Catalogue.quotas(directory, rates), found, changes);
        return new TopicPlan(changes, obstacles);
    }

    /** A party that is gone keeps its quota: it may still come with its certificate, to be refused. */
    private static void planQuotas(List<Quota> wanted, Found found, List<Change> changes) {
        wanted.stream()
                .filter(quota -> !QuotaSettings.same(quota, found.quotas().getOrDefault(quota.party(), Map.of())))
                .forEach(quota -> changes.add(new Change.LimitParty(quota)));
    }

    /** Every record type of the catalogue by its full name, in a fixed order. */
    public static Map<String, Schema> records() {
        Map<String, Schema> records = new TreeMap<>();
        for (Topic topic : Topic.values()) {
            topic.records().forEach(schema -> records.put(schema.getFullName(), schema));
        }
        Catalogue.internalRecords().forEach(schema -> records.put(schema.getFullName(), schema));
        return records;
    }

    /** Whether all is as it should be. */
    public boolean isEmpty() {
        return changes.isEmpty() && obstacles.isEmpty();
    }

    private static void planSchema(
            String subject, Schema schema, Found found, List<Change> changes, List<String> obstacles) {
        List<Schema> versions = found.schemas().getOrDefault(subject, List.of());
        if (!versions.contains(schema)) {
            for (int i = 0; i < versions.size(); i++) {
                if (!fullyCompatible(schema, versions.get(i))) {
                    obstacles.add("schema " + subject + ": not compatible with version " + (i + 1)
                            + " in the registry, in both directions");
                }
            }
            changes.add(new Change.RegisterSchema(schema));
        }
        if (!found.everySubject() && !found.compatible().contains(subject)) {
            changes.add(new Change.RequireCompatibility(subject));
        }
    }

    private static boolean fullyCompatible(Schema one, Schema other) {
        return reads(one, other) && reads(other, one);
    }

    private static boolean reads(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }

    private static void planTopic(TopicSpec spec, Found found, List<Change> changes, List<String> obstacles) {
        Found.FoundTopic topic = found.topics().get(spec.name());
        if (topic == null) {
            changes.add(new Change.CreateTopic(spec));
            return;
        }
        if (topic.partitions() != spec.partitions()) {
            // More partitions would send a call's later records elsewhere than its earlier ones.
            obstacles.add("topic " + spec.name() + ": has " + topic.partitions() + " partitions, must have "
                    + spec.partitions());
        }
        Map<String, String> differing = new LinkedHashMap<>();
        spec.config().forEach((key, value) -> {
            if (!value.equals(topic.config().get(key))) {
                differing.put(key, value);
            }
        });
        if (!differing.isEmpty()) {
            changes.add(new Change.ConfigureTopic(spec.name(), differing));
        }
    }
}
