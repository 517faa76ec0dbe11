package org.callclear.app.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.callclear.app.stack.EmbeddedStack;
import org.callclear.app.stack.StackPorts;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.CallRates;
import org.callclear.schemas.topics.Directory;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RegistryClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One cluster, from empty to two carriers and back to one. */
@Tag("broker")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TopicApplierTest {
    private static final CarrierId ACME = new CarrierId("acme");
    private static final CarrierId ZENITH = new CarrierId("zenith");
    private static final Directory BOTH = new Directory(new TreeSet<>(Set.of(ACME, ZENITH)), new TreeMap<>());
    private static final Directory ONLY_ACME = new Directory(new TreeSet<>(Set.of(ACME)), new TreeMap<>());

    @TempDir
    static Path folder;

    private static EmbeddedStack stack;
    private static KafkaAccess access;
    private static TopicApplier applier;
    private static Admin admin;

    @BeforeAll
    static void start() {
        stack = EmbeddedStack.start(folder.resolve("data"), StackPorts.REMEMBERED, line -> {});
        access = stack.accessFor(Party.of(Party.Kind.SETUP));
        applier = TopicApplier.open(access);
        admin = Admin.create(access.clientSettings());
    }

    @AfterAll
    static void stop() {
        admin.close();
        applier.close();
        stack.close();
    }

    @Test
    @Order(1)
    void aPlanChangesNothing() throws Exception {
        TopicPlan plan = applier.plan(BOTH);

        assertThat(plan.changes()).isNotEmpty();
        assertThat(admin.listTopics().names().get()).isEmpty();
        assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get()).isEmpty();
        assertThat(access.registry().getAllSubjects()).isEmpty();
    }

    @Test
    @Order(2)
    void anObstacleStopsTheWholePlan() throws Exception {
        admin.createTopics(List.of(new NewTopic("settlement-journal", 1, (short) 1)))
                .all()
                .get();

        assertThatThrownBy(() -> applier.apply(BOTH, line -> {}))
                .isInstanceOf(TopicException.class)
                .hasMessageContaining("settlement-journal");
        assertThat(admin.listTopics().names().get()).containsExactly("settlement-journal");
        assertThat(access.registry().getAllSubjects()).isEmpty();
        admin.deleteTopics(List.of("settlement-journal")).all().get();
    }

    @Test
    @Order(3)
    void theFirstTimeAllIsMadeAndTheSecondTimeNothing() {
        List<String> said = new ArrayList<>();

        TopicPlan first = applier.apply(BOTH, said::add);

        assertThat(said).hasSameSizeAs(first.changes()).isNotEmpty();
        assertThat(applier.apply(BOTH, said::add).isEmpty()).isTrue();
    }

    @Test
    @Order(4)
    void aPlainRegistryClientFindsEachRecordUnderItsFullName() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        for (Map.Entry<String, Schema> record : TopicPlan.records().entrySet()) {
            String url = access.registryUrl() + "/subjects/" + record.getKey() + "/versions/latest";
            HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
            String body = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .body();

            assertThat(body).contains("\"subject\":\"" + record.getKey() + "\"", "\"id\":", "\"version\":1");
        }
    }

    @Test
    @Order(4)
    void theIdOnTheWireLeadsToTheSchemaThatWroteTheRecord() throws Exception {
        SchemaRegistryClient registry = new RegistryClient(access.registryUrl()); // the stack's own has not forgotten
        for (Schema schema : TopicPlan.records().values()) {
            int id = registry.getId(schema.getFullName(), new AvroSchema(schema));

            assertThat(registry.getSchemaById(id).rawSchema()).isEqualTo(schema);
        }
    }

    @Test
    @Order(4)
    void theRegistryRefusesAChangeThatOldReadersCannotRead() throws Exception {
        SchemaRegistryClient registry = access.registry();
        String subject = TopicPlan.records().keySet().iterator().next();
        String other = "{\"type\":\"record\",\"name\":\"" + subject.substring(subject.lastIndexOf('.') + 1)
                + "\",\"namespace\":\"" + subject.substring(0, subject.lastIndexOf('.'))
                + "\",\"fields\":[{\"name\":\"neverHeardOf\",\"type\":\"long\"}]}";

        assertThatThrownBy(() -> registry.register(subject, new AvroSchema(other)))
                .hasMessageContaining("409");
    }

    @Test
    @Order(4)
    void aQuotaSetByHandIsSetRightAndAnotherProgramsStays() throws Exception {
        setQuota("proxy.acme", 1e9);
        setQuota("monitoring", 12_345);

        TopicPlan plan = applier.plan(BOTH);
        applier.apply(plan, line -> {});

        assertThat(plan.changes())
                .singleElement()
                .satisfies(
                        change -> assertThat(change.describe()).contains("proxy.acme", "producer_byte_rate=4915200"));
        assertThat(applier.plan(BOTH).isEmpty()).isTrue();
        assertThat(quotas("proxy.acme"))
                .isEqualTo(Map.of(
                        "producer_byte_rate",
                        300 * 16_384.0,
                        "consumer_byte_rate",
                        300 * 24_576.0,
                        "request_percentage",
                        200.0));
        assertThat(quotas("monitoring")).isEqualTo(Map.of("producer_byte_rate", 12_345.0));
    }

    @Test
    @Order(4)
    void aRateThatWasAgreedIsInForceUntilItIsNoLongerAsked() throws Exception {
        try (TopicApplier agreed = TopicApplier.open(access, new CallRates(Map.of(ACME, 1_000)))) {
            agreed.apply(BOTH, line -> {});
            assertThat(quotas("proxy.acme")).containsEntry("producer_byte_rate", 1_000 * 16_384.0);
        }

        applier.apply(BOTH, line -> {});

        assertThat(quotas("proxy.acme")).containsEntry("producer_byte_rate", 300 * 16_384.0);
    }

    @Test
    @Order(4)
    void aTopicThatIsGoneIsMadeAgain() throws Exception {
        String gone = "carrier.zenith.cdrs";
        admin.deleteTopics(List.of(gone)).all().get();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> !admin.listTopics().names().get().contains(gone));

        TopicPlan plan = applier.apply(BOTH, line -> {});

        assertThat(plan.changes()).singleElement().isInstanceOf(Change.CreateTopic.class);
        assertThat(admin.listTopics().names().get()).contains(gone);
    }

    private static void setQuota(String user, double bytes) throws Exception {
        ClientQuotaEntity entity = new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, user));
        var op = new ClientQuotaAlteration.Op("producer_byte_rate", bytes);
        admin.alterClientQuotas(List.of(new ClientQuotaAlteration(entity, List.of(op))))
                .all()
                .get();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> bytes == quotas(user).getOrDefault("producer_byte_rate", 0.0));
    }

    private static Map<String, Double> quotas(String user) throws Exception {
        var filter =
                ClientQuotaFilter.contains(List.of(ClientQuotaFilterComponent.ofEntity(ClientQuotaEntity.USER, user)));
        return admin.describeClientQuotas(filter)
                .entities()
                .get()
                .getOrDefault(new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, user)), Map.of());
    }

    @Test
    @Order(5)
    void aCarrierThatLeavesLosesItsRightsAndAnotherProgramsRightsStay() throws Exception {
        AclBinding monitoring = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "positions", PatternType.LITERAL),
                new AccessControlEntry("User:monitoring", "*", AclOperation.READ, AclPermissionType.ALLOW));
        admin.createAcls(List.of(monitoring)).all().get();

        applier.apply(ONLY_ACME, line -> {});

        assertThat(admin.listTopics().names().get()).contains("carrier.zenith.cdrs");
        assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get())
                .contains(monitoring)
                .noneMatch(binding -> binding.toString().contains("zenith"));
    }
}
