package org.callclear.app.stack;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A request of Kafka's protocol that needs one right on each resource that it names.
 *
 * @param api the request's name
 * @param type of the resources
 * @param operation the right it needs, by Kafka's documentation
 * @param letIn answers of a broker that did not refuse it
 * @param harmful whether it would do damage where it is let in; then it is only sent where it must be refused
 * @param ask sends it for these resources, and returns the answer for each
 */
record Probe(
        String api,
        ResourceType type,
        AclOperation operation,
        Set<Errors> letIn,
        boolean harmful,
        BiFunction<PartyWire, List<String>, Map<String, Errors>> ask) {

    static Probe of(
            String api,
            ResourceType type,
            AclOperation operation,
            BiFunction<PartyWire, List<String>, Map<String, Errors>> ask,
            Errors... letIn) {
        return new Probe(api, type, operation, withNone(letIn), false, ask);
    }

    Probe onlyWhereRefused() {
        return new Probe(api, type, operation, letIn, true, ask);
    }

    private static Set<Errors> withNone(Errors... letIn) {
        Set<Errors> all = new java.util.HashSet<>(Set.of(letIn));
        all.add(Errors.NONE);
        return all;
    }

    /** What a broker says when it refuses. */
    Errors refusal() {
        return switch (type) {
            case TOPIC -> Errors.TOPIC_AUTHORIZATION_FAILED;
            case GROUP -> Errors.GROUP_AUTHORIZATION_FAILED;
            case TRANSACTIONAL_ID -> Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
            default -> Errors.CLUSTER_AUTHORIZATION_FAILED;
        };
    }
}
