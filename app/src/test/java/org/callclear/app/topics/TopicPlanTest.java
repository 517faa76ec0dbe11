package org.callclear.app.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.CallRates;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Catalogue.AccessRule;
import org.callclear.schemas.topics.Catalogue.Operation;
import org.callclear.schemas.topics.Catalogue.Resource;
import org.callclear.schemas.topics.Catalogue.TopicSpec;
import org.callclear.schemas.topics.Directory;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Quota;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
    private static final CarrierId ACME = new CarrierId("acme");
    private static final CarrierId ZENITH = new CarrierId("zenith");
    private static final Directory BOTH = new Directory(
            new TreeSet<>(Set.of(ACME, ZENITH)), new TreeMap<>(Map.of(new GatewayId("zenith-1"), ZENITH)));
    private static final Directory ONLY_ACME = new Directory(new TreeSet<>(Set.of(ACME)), new TreeMap<>());
    private static final String SUBJECT = Carrier.getClassSchema().getFullName();

    @Test
    void onAnEmptyClusterEveryTopicRuleAndRecordIsMade() {
        TopicPlan plan = TopicPlan.of(BOTH, CallRates.usual(), Found.nothing());

        assertThat(plan.obstacles()).isEmpty();
        assertThat(plan.changes())
                .hasSize(TopicPlan.records().size()
                        + Catalogue.topics(BOTH).size()
                        + Catalogue.rules(BOTH).size()
                        + Catalogue.quotas(BOTH, CallRates.usual()).size());
    }

    @Test
    void nothingIsToDoWhereAllIsAsItShouldBe() {
        assertThat(TopicPlan.of(BOTH, CallRates.usual(), allOf(BOTH)).isEmpty()).isTrue();
    }

    @Test
    void aNewCarrierNeedsOnlyWhatIsItsOwn() {
        List<Change> changes =
                TopicPlan.of(BOTH, CallRates.usual(), allOf(ONLY_ACME)).changes();

        assertThat(changes)
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.describe()).contains("zenith"));
    }

    @Test
    void aCarrierThatIsGoneKeepsItsTopicsAndLosesItsRights() {
        List<Change> changes =
                TopicPlan.of(ONLY_ACME, CallRates.usual(), allOf(BOTH)).changes();

        assertThat(changes)
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change).isInstanceOf(Change.WithdrawAccess.class));
    }

    @Test
    void aRightNobodyMeantToGiveIsWithdrawn() {
        AccessRule stray = new AccessRule(
                Party.gateway(new GatewayId("zenith-1")), Resource.TOPIC, "settlement-journal", false, Operation.READ);
        Found found = allOf(BOTH);
        Set<AccessRule> rules = new HashSet<>(found.rules());
        rules.add(stray);

        TopicPlan plan = TopicPlan.of(
                BOTH,
                CallRates.usual(),
                new Found(
                        found.topics(),
                        rules,
                        found.quotas(),
                        found.schemas(),
                        found.compatible(),
                        found.everySubject()));

        assertThat(plan.changes()).containsExactly(new Change.WithdrawAccess(stray));
    }

    @Test
    void anotherRetentionIsSetRight() {
        TopicPlan plan = TopicPlan.of(
                BOTH,
                CallRates.usual(),
                withTopic(
                        "carrier.acme.cdrs",
                        Catalogue.CALL_PARTITIONS,
                        Map.of("cleanup.policy", "delete", "retention.ms", "1")));

        assertThat(plan.changes())
                .containsExactly(new Change.ConfigureTopic(
                        "carrier.acme.cdrs", Map.of("retention.ms", Long.toString(400L * 86_400_000))));
    }

    @Test
    void anotherNumberOfPartitionsIsAnObstacle() {
        Map<String, String> forEver = Map.of("cleanup.policy", "delete", "retention.ms", "-1");

        TopicPlan plan = TopicPlan.of(BOTH, CallRates.usual(), withTopic("settlement-journal", 1, forEver));

        assertThat(plan.obstacles()).hasSize(1);
    }

    @Test
    void aRecordThatOldReadersCannotReadIsAnObstacle() {
        Schema other = SchemaBuilder.record(Carrier.getClassSchema().getName())
                .namespace(Carrier.getClassSchema().getNamespace())
                .fields()
                .requiredString("neverHeardOf")
                .endRecord();

        TopicPlan plan = TopicPlan.of(BOTH, CallRates.usual(), withVersions(List.of(other)));

        assertThat(plan.obstacles()).hasSize(1);
    }

    @Test
    void aRegistryThatChecksNothingIsToldToForEveryRecord() {
        Found found = allOf(BOTH);
        Found lax = new Found(found.topics(), found.rules(), found.quotas(), found.schemas(), Set.of(SUBJECT), false);

        TopicPlan plan = TopicPlan.of(BOTH, CallRates.usual(), lax);

        assertThat(plan.changes())
                .hasSize(TopicPlan.records().size() - 1)
                .doesNotContain(new Change.RequireCompatibility(SUBJECT));
    }

    @Test
    void aQuotaThatSomebodyChangedIsSetRight() {
        Party proxy = Party.proxyOf(new CarrierId("acme"));
        Map<Party, Map<String, Double>> there = new HashMap<>(allOf(BOTH).quotas());
        there.put(proxy, Map.of("producer_byte_rate", 1e9));

        List<Change> changes =
                TopicPlan.of(BOTH, CallRates.usual(), withQuotas(there)).changes();

        assertThat(changes)
                .singleElement()
                .isInstanceOfSatisfying(
                        Change.LimitParty.class,
                        limit -> assertThat(limit.quota().party()).isEqualTo(proxy));
    }

    @Test
    void whatWasAgreedWithACarrierChangesItsProxysAndGatewaysQuotasOnly() {
        CallRates agreed = new CallRates(Map.of(new CarrierId("zenith"), 1_000));

        List<Change> changes = TopicPlan.of(BOTH, agreed, allOf(BOTH)).changes();

        assertThat(changes)
                .extracting(
                        change -> ((Change.LimitParty) change).quota().party().commonName())
                .containsExactlyInAnyOrder("proxy.zenith", "gateway.zenith-1");
    }

    private static Found withQuotas(Map<Party, Map<String, Double>> quotas) {
        Found found = allOf(BOTH);
        return new Found(
                found.topics(), found.rules(), quotas, found.schemas(), found.compatible(), found.everySubject());
    }

    private static Map<Party, Map<String, Double>> quotas(Directory directory) {
        Map<Party, Map<String, Double>> quotas = new HashMap<>();
        for (Quota quota : Catalogue.quotas(directory, CallRates.usual())) {
            Map<String, Double> values = new HashMap<>();
            QuotaSettings.of(quota).forEach((key, value) -> values.put(key, value.doubleValue()));
            quotas.put(quota.party(), values);
        }
        return quotas;
    }

    private static Found withTopic(String name, int partitions, Map<String, String> config) {
        Found found = allOf(BOTH);
        Map<String, Found.FoundTopic> topics = new HashMap<>(found.topics());
        topics.put(name, new Found.FoundTopic(partitions, config));
        return new Found(
                topics, found.rules(), found.quotas(), found.schemas(), found.compatible(), found.everySubject());
    }

    private static Found withVersions(List<Schema> versions) {
        Found found = allOf(BOTH);
        Map<String, List<Schema>> schemas = new HashMap<>(found.schemas());
        schemas.put(SUBJECT, versions);
        return new Found(
                found.topics(), found.rules(), found.quotas(), schemas, found.compatible(), found.everySubject());
    }

    private static Found allOf(Directory directory) {
        Map<String, Found.FoundTopic> topics = new HashMap<>();
        for (TopicSpec spec : Catalogue.topics(directory)) {
            topics.put(spec.name(), new Found.FoundTopic(spec.partitions(), spec.config()));
        }
        Map<String, List<Schema>> schemas = new HashMap<>();
        TopicPlan.records().forEach((subject, schema) -> schemas.put(subject, List.of(schema)));
        return new Found(topics, Set.copyOf(Catalogue.rules(directory)), quotas(directory), schemas, Set.of(), true);
    }
}
