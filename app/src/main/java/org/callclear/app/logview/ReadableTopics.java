package org.callclear.app.logview;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.topics.Access;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;

/** The topics of the catalogue that somebody may read, as the broker says. */
public final class ReadableTopics {
    private static final int WITHIN_SECONDS = 30;

    private final String principal;
    private final SortedMap<String, Integer> partitions = new TreeMap<>();

    private ReadableTopics(String principal) {
        this.principal = principal;
    }

    /**
     * Asks the broker.
     *
     * @param principal who it takes the reader for; for messages
     * @throws LogViewException when it does not answer
     */
    public static ReadableTopics of(KafkaAccess access, String principal) {
        ReadableTopics topics = new ReadableTopics(principal);
        try (Admin admin = Admin.create(access.clientSettings())) {
            Set<String> ours = topics.await(admin.listTopics().names(), "which topics there are").stream()
                    .filter(name -> family(name).isPresent())
                    .collect(Collectors.toSet());
            describe(admin, ours).forEach((name, answer) -> topics.add(name, answer));
        }
        return topics;
    }

    private static Map<String, KafkaFuture<TopicDescription>> describe(Admin admin, Collection<String> names) {
        return admin.describeTopics(names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
    }

    private void add(String name, KafkaFuture<TopicDescription> answer) {
        TopicDescription topic = await(answer, "topic " + name);
        Set<AclOperation> allowed = topic.authorizedOperations();
        if (allowed == null || allowed.contains(AclOperation.READ)) {
            partitions.put(name, topic.partitions().size());
        }
    }

    private <T> T await(KafkaFuture<T> answer, String about) {
        try {
            return answer.get(WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                throw closed(about);
            }
            throw new LogViewException("Kafka: " + about + ": "
                    + String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
        } catch (TimeoutException e) {
            throw new LogViewException("Kafka: no answer about " + about + " within " + WITHIN_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogViewException("interrupted");
        }
    }

    private LogViewException closed(String topic) {
        return new LogViewException(topic + ": '" + principal + "' may not read it");
    }

    /** The family of a topic; empty for one that is not of the catalogue. */
    static Optional<Topic> family(String topic) {
        for (Topic family : Topic.values()) {
            if (family.pattern().matcher(topic).matches()) {
                return Optional.of(family);
            }
        }
        return Optional.empty();
    }

    /** Names of the topics of a family. */
    List<String> of(Topic family) {
        return partitions.keySet().stream()
                .filter(family.pattern().asMatchPredicate())
                .toList();
    }

    /** Whether the reader sees a topic of a family, or would see one if there were any. */
    public boolean mayRead(Topic family) {
        return !of(family).isEmpty() || !reaches(family).isEmpty();
    }

    /** Over which topics of a family the catalogue lets the reader; none when it does not know the reader. */
    private Set<Access.Reach> reaches(Topic family) {
        try {
            Party.Kind kind = Party.parse(principal).kind();
            return family.readers().stream()
                    .filter(access -> access.kind() == kind)
                    .map(Access::reach)
                    .collect(Collectors.toSet());
        } catch (IllegalArgumentException e) {
            return Set.of(); // No party of ours, or nobody at all.
        }
    }

    /** Who reads. */
    String principal() {
        return principal;
    }

    /** How many partitions a topic has. */
    int partitions(String topic) {
        return Objects.requireNonNull(partitions.get(topic), topic);
    }

    /** All partitions of topics. */
    List<TopicPartition> all(Collection<String> topics) {
        return topics.stream()
                .flatMap(topic -> IntStream.range(0, partitions(topic)).mapToObj(n -> new TopicPartition(topic, n)))
                .toList();
    }

    /**
     * The topics that names and patterns mean, in which a {@code *} stands for any part of a name.
     *
     * @throws LogViewException naming what is no topic, and what is closed to the reader
     */
    public List<String> named(Collection<String> patterns) {
        List<String> found = new ArrayList<>();
        for (String pattern : patterns) {
            TopicPattern meant = new TopicPattern(pattern);
            List<String> matching =
                    partitions.keySet().stream().filter(meant::matches).toList();
            if (matching.isEmpty()) {
                throw nothing(pattern);
            }
            matching.stream().filter(topic -> !found.contains(topic)).forEach(found::add);
        }
        return found;
    }

    private LogViewException nothing(String pattern) {
        String name = PartyName.shown(pattern);
        boolean ours = Arrays.stream(Topic.values()).anyMatch(new TopicPattern(pattern)::mayMean);
        return new LogViewException(
                ours
                        ? "topic '" + name + "': '" + principal + "' may not read it, or it is not there"
                        : "topic '" + name + "': no topic of the catalogue has such a name");
    }

    /** Whether the reader sees no topic of a family but its own. */
    boolean onlyOwn(Topic family) {
        Set<Access.Reach> reaches = reaches(family);
        return !reaches.isEmpty() && !reaches.contains(Access.Reach.ALL);
    }
}
