package org.callclear.app.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Catalogue.AccessRule;
import org.callclear.schemas.topics.Catalogue.Resource;
import org.callclear.schemas.topics.Directory;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.jspecify.annotations.Nullable;

/**
 * Asks the broker, before a party starts, whether it may do what the catalogue has it do. A Kafka client that may not
 * see a topic waits for it for ever, and says nothing.
 */
final class RightsCheck {
    private static final long WITHIN_SECONDS = 20;
    private static final int MOST_SHOWN = 4;

    private RightsCheck() {}

    /**
     * Looks at topics and groups; what is not there yet passes.
     *
     * @param party who must be at the other end of the certificate
     * @param own the carrier and the gateway whose topics it uses
     * @throws CommandException naming the principal, and the topic or group that is closed to it
     */
    static void require(KafkaAccess access, Party party, Directory own) {
        List<AccessRule> rules = Catalogue.rules(own).stream()
                .filter(rule -> rule.party().equals(party) && !rule.prefix())
                .toList();
        List<String> closed = new ArrayList<>();
        try (Admin admin = ClusterCheck.open(access)) {
            topics(admin, names(rules, Resource.TOPIC)).forEach((name, allowed) -> add(closed, rules, name, allowed));
            groups(admin, names(rules, Resource.GROUP)).forEach((name, allowed) -> add(closed, rules, name, allowed));
        }
        if (!closed.isEmpty()) {
            throw new CommandException(refusal(access, party, closed));
        }
    }

    /**
     * Looks whether whoever has this certificate may read topics; what is not there yet passes.
     *
     * @param families of which there is one topic each
     * @throws CommandException naming the principal and the topics that are closed to it
     */
    static void requireReading(KafkaAccess access, List<Topic> families) {
        List<String> closed = new ArrayList<>();
        try (Admin admin = ClusterCheck.open(access)) {
            topics(admin, families.stream().map(Topic::topic).toList()).forEach((name, allowed) -> {
                if (!allowed.contains(AclOperation.READ)) {
                    closed.add("READ on topic " + name);
                }
            });
        }
        if (!closed.isEmpty()) {
            throw new CommandException("Kafka at " + access.bootstrapServers() + " refuses '"
                    + ClusterCheck.principal(access) + "': " + String.join(", ", closed)
                    + "; docs/topics.md says who may read it");
        }
    }

    /**
     * Looks whether whoever has this certificate may make topics, rules and quotas.
     *
     * @throws CommandException naming the principal
     */
    static void requireSetup(KafkaAccess access) {
        try (Admin admin = ClusterCheck.open(access)) {
            Map<String, Set<AclOperation>> allowed = new TreeMap<>();
            put(
                    allowed,
                    "the cluster",
                    admin.describeCluster(new DescribeClusterOptions().includeAuthorizedOperations(true))
                            .authorizedOperations(),
                    operations -> operations);
            if (!allowed.getOrDefault("the cluster", Set.of(AclOperation.ALTER)).contains(AclOperation.ALTER)) {
                throw new CommandException("Kafka at " + access.bootstrapServers() + " refuses '"
                        + ClusterCheck.principal(access)
                        + "': ALTER on the cluster; topics, access rules and quotas are made by '"
                        + Party.Kind.SETUP.word()
                        + "' or another super user, named by `setup` in the file of --config");
            }
        }
    }

    private static String refusal(KafkaAccess access, Party party, List<String> closed) {
        String shown = closed.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "));
        String more = closed.size() > MOST_SHOWN ? " and " + (closed.size() - MOST_SHOWN) + " more" : "";
        String principal = ClusterCheck.principal(access);
        String advice = principal.equals(party.commonName())
                ? "`topics apply` makes the rules"
                : "the identity must be that of '" + party + "'";
        return "Kafka at " + access.bootstrapServers() + " refuses '" + principal + "': " + shown + more + "; "
                + advice;
    }

    private static void add(List<String> closed, List<AccessRule> rules, String name, Set<AclOperation> allowed) {
        rules.stream()
                .filter(rule -> rule.name().equals(name))
                .filter(rule ->
                        !allowed.contains(AclOperation.valueOf(rule.operation().name())))
                .map(rule -> rule.operation() + " on " + rule.resource().name().toLowerCase(java.util.Locale.ROOT) + " "
                        + name)
                .forEach(closed::add);
    }

    private static Collection<String> names(List<AccessRule> rules, Resource resource) {
        return rules.stream()
                .filter(rule -> rule.resource() == resource)
                .map(AccessRule::name)
                .collect(Collectors.toSet());
    }

    private static Map<String, Set<AclOperation>> topics(Admin admin, Collection<String> names) {
        Map<String, Set<AclOperation>> allowed = new TreeMap<>();
        admin.describeTopics(names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues()
                .forEach((name, answer) -> put(allowed, name, answer, TopicDescription::authorizedOperations));
        return allowed;
    }

    private static Map<String, Set<AclOperation>> groups(Admin admin, Collection<String> names) {
        Map<String, Set<AclOperation>> allowed = new TreeMap<>();
        admin.describeConsumerGroups(names, new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                .describedGroups()
                .forEach((name, answer) -> put(allowed, name, answer, ConsumerGroupDescription::authorizedOperations));
        return allowed;
    }

    /** Nothing is put for what is not there yet, and by a broker that does not say who may do what. */
    private static <T> void put(
            Map<String, Set<AclOperation>> allowed,
            String name,
            KafkaFuture<T> answer,
            java.util.function.Function<T, @Nullable Set<AclOperation>> operations) {
        try {
            Set<AclOperation> said = operations.apply(answer.get(WITHIN_SECONDS, TimeUnit.SECONDS));
            if (said != null) {
                allowed.put(name, said);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                allowed.put(name, Set.of());
            }
        } catch (TimeoutException e) {
            throw new CommandException("Kafka: no answer about " + name + " within " + WITHIN_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted");
        }
    }
}
