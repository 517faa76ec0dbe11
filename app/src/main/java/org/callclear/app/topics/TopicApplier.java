package org.callclear.app.topics;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.callclear.schemas.topics.CallRates;
import org.callclear.schemas.topics.Catalogue.TopicSpec;
import org.callclear.schemas.topics.Directory;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;

/** Looks at a cluster and a registry, plans, and carries the plan out. Must come in as a super user. */
public final class TopicApplier implements AutoCloseable {
    static final String LEVEL = "FULL_TRANSITIVE";
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final Admin admin;
    private final SchemaRegistryClient registry;
    private final Survey survey;
    private final CallRates rates;

    private TopicApplier(Admin admin, SchemaRegistryClient registry, CallRates rates) {
        this.admin = admin;
        this.rates = rates;
        this.registry = registry;
        this.survey = new Survey(admin, registry);
    }

    /**
     * With the usual quotas.
     *
     * @param access of the party {@code setup}, or of another super user
     */
    public static TopicApplier open(KafkaAccess access) {
        return open(access, CallRates.usual());
    }

    /**
     * With quotas for these rates.
     *
     * @param access of the party {@code setup}, or of another super user
     */
    public static TopicApplier open(KafkaAccess access, CallRates rates) {
        Map<String, Object> settings = access.clientSettings();
        settings.put("client.id", "topic-applier");
        return new TopicApplier(Admin.create(settings), access.registry(), rates);
    }

    /**
     * What would have to be done; changes nothing.
     *
     * @throws TopicException when the cluster or the registry cannot be asked
     */
    public TopicPlan plan(Directory directory) {
        return TopicPlan.of(directory, rates, survey.find());
    }

    /**
     * Does what the plan says, schemas first, so that no writer can meet a topic before its records are known; where none
     * is known yet nobody can write, and topics are made meanwhile. On return the broker has all of it in force.
     *
     * @param progress takes one line for each change before any is made
     * @throws TopicException when the plan has obstacles (nothing is done then), or a change is refused; the first time topics
     *     may have been made although a schema was refused
     */
    public void apply(TopicPlan plan, Consumer<String> progress) {
        if (!plan.obstacles().isEmpty()) {
            throw new TopicException(String.join("; ", plan.obstacles()));
        }
        plan.changes().forEach(change -> progress.accept(change.describe()));
        makeSchemasAndTopics(plan);
        configureTopics(each(plan, Change.ConfigureTopic.class));
        allow(each(plan, Change.AllowAccess.class));
        withdraw(each(plan, Change.WithdrawAccess.class));
        limit(each(plan, Change.LimitParty.class));
        awaitInForce(plan);
    }

    /** Plans and carries out at once; returns the plan that was carried out. */
    public TopicPlan apply(Directory directory, Consumer<String> progress) {
        TopicPlan plan = plan(directory);
        apply(plan, progress);
        return plan;
    }

    private static <T extends Change> List<T> each(TopicPlan plan, Class<T> kind) {
        return plan.changes().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void makeSchemasAndTopics(TopicPlan plan) {
        List<Change.RegisterSchema> unknown = each(plan, Change.RegisterSchema.class);
        List<Change.CreateTopic> missing = each(plan, Change.CreateTopic.class);
        boolean first = unknown.size() == TopicPlan.records().size();
        Optional<KafkaFuture<Void>> early = first ? Optional.of(createTopics(missing)) : Optional.empty();
        unknown.forEach(this::register);
        each(plan, Change.RequireCompatibility.class).forEach(this::require);
        await("create topics", early.orElseGet(() -> createTopics(missing)));
    }

    private void register(Change.RegisterSchema change) {
        String subject = change.schema().getFullName();
        try {
            registry.register(subject, new AvroSchema(change.schema()));
        } catch (IOException | RestClientException e) {
            throw new TopicException("schema " + subject + ": the registry refused it: " + e.getMessage(), e);
        }
    }

    private void require(Change.RequireCompatibility change) {
        try {
            registry.updateCompatibility(change.subject(), LEVEL);
        } catch (IOException | RestClientException e) {
            throw new TopicException(
                    "schema " + change.subject() + ": the registry would not require " + LEVEL + ": " + e.getMessage(),
                    e);
        }
    }

    private KafkaFuture<Void> createTopics(List<Change.CreateTopic> changes) {
        List<NewTopic> topics = new ArrayList<>();
        for (Change.CreateTopic change : changes) {
            TopicSpec spec = change.spec();
            topics.add(
                    new NewTopic(spec.name(), Optional.of(spec.partitions()), Optional.empty()).configs(spec.config()));
        }
        return admin.createTopics(topics).all();
    }

    private void configureTopics(List<Change.ConfigureTopic> changes) {
        Map<ConfigResource, Collection<AlterConfigOp>> configs = new HashMap<>();
        for (Change.ConfigureTopic change : changes) {
            List<AlterConfigOp> ops = new ArrayList<>();
            change.config()
                    .forEach((key, value) ->
                            ops.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
            configs.put(new ConfigResource(ConfigResource.Type.TOPIC, change.topic()), ops);
        }
        if (!configs.isEmpty()) {
            await("configure topics", admin.incrementalAlterConfigs(configs).all());
        }
    }

    private void allow(List<Change.AllowAccess> changes) {
        List<AclBinding> bindings =
                changes.stream().map(change -> Acls.binding(change.rule())).toList();
        if (!bindings.isEmpty()) {
            await("allow access", admin.createAcls(bindings).all());
        }
    }

    private void withdraw(List<Change.WithdrawAccess> changes) {
        List<AclBindingFilter> filters = changes.stream()
                .map(change -> Acls.binding(change.rule()).toFilter())
                .toList();
        if (!filters.isEmpty()) {
            await("withdraw access", admin.deleteAcls(filters).all());
        }
    }

    private void limit(List<Change.LimitParty> changes) {
        if (!changes.isEmpty()) {
            Map<Party, Map<String, Double>> there = survey.quotas();
            List<ClientQuotaAlteration> alterations = changes.stream()
                    .map(Change.LimitParty::quota)
                    .map(quota -> QuotaSettings.set(
                            quota, there.getOrDefault(quota.party(), Map.of()).keySet()))
                    .toList();
            await("set quotas", admin.alterClientQuotas(alterations).all());
        }
    }

    /** The controller answers before the brokers have heard; a party that starts at once must not be refused. */
    private void awaitInForce(TopicPlan plan) {
        if (plan.changes().isEmpty()) {
            return;
        }
        long until = System.nanoTime() + ANSWER_WITHIN.toNanos();
        while (!survey.shows(plan)) {
            if (System.nanoTime() > until) {
                throw new TopicException(
                        "the brokers do not show all changes after " + ANSWER_WITHIN.toSeconds() + " s");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicException("interrupted while changes were made", e);
        }
    }

    static <T> T await(String what, KafkaFuture<T> future) {
        try {
            return future.get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new TopicException(
                    "cannot " + what + ": " + cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new TopicException("cannot " + what + ": no answer within " + ANSWER_WITHIN.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicException("interrupted: " + what, e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
        try {
            registry.close();
        } catch (IOException e) {
            throw new TopicException("the registry client would not close: " + e.getMessage(), e);
        }
    }
}
