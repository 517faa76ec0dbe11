package org.callclear.bench.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.callclear.bench.harness.Wait;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Directory;
import org.callclear.schemas.topics.Topic;

/** The topics that settlement reads and writes, as the catalogue has them, but kept for ever. */
public final class Topics {
    private static final Set<Topic> FAMILIES = EnumSet.of(
            Topic.SETTLEMENT_JOURNAL,
            Topic.CDR_REJECTED,
            Topic.RECONCILED_CALLS,
            Topic.DISPUTES,
            Topic.CALL_ATTEMPTS,
            Topic.POSTINGS,
            Topic.POSITIONS,
            Topic.STATEMENT_DRAFTS);
    private static final Duration GONE_WITHIN = Duration.ofSeconds(60);

    private final String address;
    private final Directory directory;

    /** @param carriers that get statements */
    public Topics(String address, Collection<String> carriers) {
        this.address = address;
        TreeSet<CarrierId> ids = new TreeSet<>();
        carriers.forEach(carrier -> ids.add(new CarrierId(carrier)));
        this.directory = new Directory(ids, new TreeMap<>());
    }

    /** Makes those that are not there. */
    public void make() {
        try (Admin admin = admin()) {
            Set<String> there = get(admin.listTopics().names());
            List<NewTopic> missing = Catalogue.topics(directory).stream()
                    .filter(spec -> FAMILIES.contains(spec.family()) && !there.contains(spec.name()))
                    .map(Topics::topic)
                    .toList();
            get(admin.createTopics(missing).all());
        }
    }

    /** Removes all but the journal, so that the next run finds what the first one found. */
    public void removeResults() {
        try (Admin admin = admin()) {
            Set<String> results = results(admin);
            get(admin.deleteTopics(results).all());
            Wait.until("removed topics", GONE_WITHIN, () -> results(admin).isEmpty());
        }
    }

    private static Set<String> results(Admin admin) {
        Set<String> names = new TreeSet<>(get(admin.listTopics().names()));
        names.remove(Topic.SETTLEMENT_JOURNAL.topic());
        return names;
    }

    private static NewTopic topic(Catalogue.TopicSpec spec) {
        Map<String, String> config = new TreeMap<>(spec.config());
        config.put("retention.ms", "-1");
        return new NewTopic(spec.name(), spec.partitions(), (short) 1).configs(config);
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", address));
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker refused: " + e.getCause(), e);
        }
    }
}
