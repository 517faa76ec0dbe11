package org.callclear.app.topics;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;
import org.callclear.schemas.topics.Catalogue.AccessRule;
import org.callclear.schemas.topics.Party;

/** Finds out what is there. Changes nothing. */
final class Survey {
    private final Admin admin;
    private final SchemaRegistryClient registry;

    Survey(Admin admin, SchemaRegistryClient registry) {
        this.admin = admin;
        this.registry = registry;
    }

    Found find() {
        try {
            Map<String, List<Schema>> schemas = schemas();
            String level = registry.getCompatibility(null);
            boolean everySubject = TopicApplier.LEVEL.equals(level);
            Set<String> compatible = everySubject ? Set.of() : compatible(schemas.keySet());
            return new Found(topics(), rules(), quotas(), schemas, compatible, everySubject);
        } catch (IOException | RestClientException e) {
            throw new TopicException("the schema registry cannot be asked: " + e.getMessage(), e);
        }
    }

    /** Whether the brokers show the topics and rules of a plan that was carried out. */
    boolean shows(TopicPlan plan) {
        Set<String> names = TopicApplier.await("list topics", admin.listTopics().names());
        Set<AccessRule> rules = rules();
        Map<Party, Map<String, Double>> quotas = quotas();
        return plan.changes().stream().allMatch(change -> switch (change) {
            case Change.CreateTopic topic -> names.contains(topic.spec().name());
            case Change.AllowAccess allowed -> rules.contains(allowed.rule());
            case Change.WithdrawAccess withdrawn -> !rules.contains(withdrawn.rule());
            case Change.LimitParty limit ->
                QuotaSettings.same(
                        limit.quota(), quotas.getOrDefault(limit.quota().party(), Map.of()));
            case Change.ConfigureTopic ignored -> true;
            case Change.RegisterSchema ignored -> true;
            case Change.RequireCompatibility ignored -> true;
        });
    }

    private Map<String, Found.FoundTopic> topics() {
        Set<String> names = TopicApplier.await("list topics", admin.listTopics().names());
        Map<String, TopicDescription> descriptions = TopicApplier.await(
                "describe topics", admin.describeTopics(names).allTopicNames());
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> configs = TopicApplier.await(
                "read topic settings", admin.describeConfigs(resources).all());
        Map<String, Found.FoundTopic> topics = new TreeMap<>();
        configs.forEach((resource, config) -> {
            TopicDescription description = descriptions.get(resource.name());
            int partitions = description == null ? 0 : description.partitions().size();
            topics.put(resource.name(), new Found.FoundTopic(partitions, values(config)));
        });
        return topics;
    }

    private static Map<String, String> values(Config config) {
        Map<String, String> values = new HashMap<>();
        for (ConfigEntry entry : config.entries()) {
            if (entry.value() != null) {
                values.put(entry.name(), entry.value());
            }
        }
        return values;
    }

    private Set<AccessRule> rules() {
        return TopicApplier.await(
                        "read access rules",
                        admin.describeAcls(AclBindingFilter.ANY).values())
                .stream()
                .flatMap(binding -> Acls.rule(binding).stream())
                .collect(Collectors.toSet());
    }

    Map<Party, Map<String, Double>> quotas() {
        Map<Party, Map<String, Double>> quotas = new HashMap<>();
        ClientQuotaFilter users = ClientQuotaFilter.containsOnly(
                List.of(ClientQuotaFilterComponent.ofEntityType(ClientQuotaEntity.USER)));
        TopicApplier.await("read quotas", admin.describeClientQuotas(users).entities())
                .forEach((entity, values) ->
                        QuotaSettings.party(entity).ifPresent(party -> quotas.put(party, Map.copyOf(values))));
        return quotas;
    }

    private Map<String, List<Schema>> schemas() throws IOException, RestClientException {
        Map<String, List<Schema>> schemas = new TreeMap<>();
        Collection<String> known = new HashSet<>(registry.getAllSubjects());
        for (String subject : TopicPlan.records().keySet()) {
            if (known.contains(subject)) {
                List<Schema> versions = new ArrayList<>();
                for (int version : registry.getAllVersions(subject)) {
                    String text = registry.getByVersion(subject, version, false).getSchema();
                    versions.add(new AvroSchema(text).rawSchema());
                }
                schemas.put(subject, versions);
            }
        }
        return schemas;
    }

    private Set<String> compatible(Set<String> subjects) throws IOException, RestClientException {
        Set<String> compatible = new HashSet<>();
        for (String subject : subjects) {
            try {
                if (TopicApplier.LEVEL.equals(registry.getCompatibility(subject))) {
                    compatible.add(subject);
                }
            } catch (RestClientException e) {
                if (e.getStatus() != 404) {
                    throw e;
                }
                // 404: the subject has no level of its own.
            }
        }
        return compatible;
    }
}
