package org.callclear.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Catalogue.AccessRule;
import org.callclear.schemas.topics.Catalogue.Operation;
import org.callclear.schemas.topics.Catalogue.Resource;
import org.callclear.schemas.topics.Catalogue.TopicSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
    private static final CarrierId ACME = new CarrierId("acme");
    private static final CarrierId ZENITH = new CarrierId("zenith");
    private static final Directory TWO_CARRIERS = new Directory(
            new TreeSet<>(List.of(ACME, ZENITH)),
            new TreeMap<>(Map.of(new GatewayId("zenith-1"), ZENITH, new GatewayId("acme-1"), ACME)));

    @Test
    void everyTopicNameComesFromExactlyOneFamily() {
        List<String> names =
                Catalogue.topics(TWO_CARRIERS).stream().map(TopicSpec::name).toList();

        assertThat(names).doesNotHaveDuplicates();
        assertThat(names)
                .allSatisfy(name -> assertThat(Stream.of(Topic.values())
                                .filter(family -> family.pattern().matcher(name).matches()))
                        .as(name)
                        .hasSize(1));
    }

    @Test
    void aCallsRequestAndItsGrantStandInPartitionsOfTheSameNumber() {
        List<TopicSpec> specs = Catalogue.topics(TWO_CARRIERS).stream()
                .filter(spec -> spec.family() == Topic.AUTHORIZATION_REQUESTS
                        || spec.family() == Topic.SETTLEMENT_JOURNAL
                        || spec.family() == Topic.CDRS)
                .toList();

        assertThat(specs).extracting(TopicSpec::partitions).containsOnly(Catalogue.CALL_PARTITIONS);
    }

    @ParameterizedTest
    @CsvSource({
        "proxy.acme,      WRITE, carrier.acme.authorization-requests,    true",
        "proxy.zenith,    WRITE, carrier.acme.authorization-requests,    false",
        "proxy.acme,      READ,  carrier.acme.authorization-responses,   true",
        "proxy.zenith,    READ,  carrier.acme.authorization-responses,   false",
        "gateway.acme-1,  READ,  carrier.acme.authorization-responses,   false",
        "proxy.acme,      WRITE, gateway.zenith-1.setup-requests,        true",
        "gateway.zenith-1,READ,  gateway.zenith-1.setup-requests,        true",
        "gateway.acme-1,  READ,  gateway.zenith-1.setup-requests,        false",
        "gateway.zenith-1,WRITE, gateway.zenith-1.used-tokens,           true",
        "gateway.zenith-1,READ,  gateway.zenith-1.used-tokens,           true",
        "gateway.acme-1,  WRITE, gateway.zenith-1.used-tokens,           false",
        "gateway.acme-1,  READ,  gateway.zenith-1.used-tokens,           false",
        "proxy.acme,      WRITE, gateway.zenith-1.used-tokens,           false",
        "proxy.zenith,    READ,  gateway.zenith-1.used-tokens,           false",
        "gateway.zenith-1,WRITE, carrier.zenith.cdrs,                    true",
        "gateway.zenith-1,WRITE, carrier.acme.cdrs,                      false",
        "gateway.zenith-1,WRITE, carrier.acme.setup-events,              true",
        "proxy.acme,      WRITE, carrier.acme.setup-events,              false",
        "proxy.acme,      WRITE, settlement-journal,                     false",
        "carrier.acme,    READ,  carrier.acme.statements,                true",
        "carrier.zenith,  READ,  carrier.acme.statements,                false",
        "administration,  WRITE, settlement-journal,                     false",
        "administration,  READ,  carrier.acme.authorization-responses,   false",
        "administration,  READ,  gateway.zenith-1.setup-requests,        false",
        "administration,  WRITE, carrier.acme.cdrs,                      true",
        "clearinghouse,   WRITE, carrier.acme.cdrs,                      false",
        "proxy.zenith,    READ,  carrier.acme.authorization-requests,     false",
        "proxy.acme,      WRITE, carrier.acme.authorization-responses,    false",
        "clearinghouse,   WRITE, carrier.acme.authorization-responses,    true",
        "gateway.zenith-1,READ,  carrier.acme.setup-events,               false",
        "proxy.zenith,    READ,  carrier.acme.setup-events,               false",
        "gateway.zenith-1,WRITE, gateway.zenith-1.status,                 true",
        "gateway.acme-1,  WRITE, gateway.zenith-1.status,                 false",
        "gateway.acme-1,  READ,  gateway.zenith-1.status,                 false",
        "proxy.acme,      READ,  gateway.zenith-1.status,                 false",
        "proxy.zenith,    READ,  carrier.acme.cdrs,                       false",
        "carrier.zenith,  READ,  carrier.acme.cdrs,                       false",
        "administration,  WRITE, token-keys,                              true",
        "clearinghouse,   WRITE, token-keys,                              false",
        "gateway.acme-1,  WRITE, token-keys,                              false",
        "settlement,      WRITE, rate-decks,                              false",
        "carrier.acme,    READ,  rate-decks,                              false",
        "proxy.acme,      READ,  contracts,                               false",
        "carrier.acme,    WRITE, commands,                                false",
        "settlement,      WRITE, postings,                                true",
        "administration,  WRITE, postings,                                false",
        "carrier.acme,    READ,  postings,                                false",
        "settlement,      WRITE, carrier.acme.statements,                 true",
        "operations,      READ,  carrier.acme.authorization-requests,     true",
        "operations,      READ,  carrier.acme.setup-events,               true",
        "operations,      READ,  carrier.acme.authorization-responses,    false",
        "operations,      READ,  gateway.zenith-1.setup-requests,         false",
        "operations,      READ,  gateway.zenith-1.used-tokens,            false",
        "operations,      READ,  settlement-journal,                      true",
        "operations,      WRITE, commands,                                false",
        "carrier.acme,    READ,  carrier.acme.cdrs,                       true",
        "carrier.acme,    WRITE, carrier.acme.cdrs,                       false",
        "carrier.acme,    READ,  carrier.acme.setup-events,               true",
        "carrier.zenith,  READ,  carrier.acme.setup-events,               false",
        "carrier.acme,    READ,  carrier.acme.authorization-requests,     true",
        "carrier.zenith,  READ,  carrier.acme.authorization-requests,     false",
        "carrier.acme,    READ,  carrier.acme.authorization-responses,    false",
        "carrier.acme,    READ,  settlement-journal,                      false",
        "carrier.acme,    WRITE, carrier.acme.statements,                 false",
        "settlement,      WRITE, statement-drafts,                        true",
        "settlement,      READ,  statement-drafts,                        true",
        "audit,           READ,  statement-drafts,                        true",
        "carrier.acme,    READ,  statement-drafts,                        false",
        "console,         READ,  statement-drafts,                        false",
        "administration,  WRITE, statement-drafts,                        false",
        "administration,  WRITE, statement-keys,                          true",
        "settlement,      WRITE, statement-keys,                          false",
        "settlement,      READ,  statement-keys,                          true",
        "carrier.acme,    READ,  statement-keys,                          true",
        "gateway.acme-1,  READ,  statement-keys,                          false",
        "clearinghouse,   READ,  statement-keys,                          false",
        "settlement,      READ,  token-keys,                              false",
        "settlement,      READ,  carrier.acme.statements,                 true",
    })
    void whoMayDoWhat(String party, Operation operation, String topic, boolean allowed) {
        AccessRule rule = new AccessRule(Party.parse(party), Resource.TOPIC, topic, false, operation);

        assertThat(Catalogue.rules(TWO_CARRIERS).contains(rule)).isEqualTo(allowed);
    }

    @Test
    void onlySettlementHasRulesForTopicsThatReachByPrefix() {
        assertThat(Catalogue.rules(TWO_CARRIERS))
                .filteredOn(rule -> rule.prefix() && rule.resource() == Resource.TOPIC)
                .extracting(rule -> rule.party().kind())
                .containsOnly(Party.Kind.SETTLEMENT);
    }

    @Test
    void aGatewayOfAnUnknownCarrierIsNoDirectory() {
        assertThatThrownBy(() -> new Directory(
                        new TreeSet<>(List.of(ACME)), new TreeMap<>(Map.of(new GatewayId("zenith-1"), ZENITH))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy.acme", "gateway.zenith-1", "clearinghouse", "carrier.acme", "administration", "setup"})
    void aPartyIsItsCommonName(String commonName) {
        assertThat(Party.parse(commonName).commonName()).isEqualTo(commonName);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy", "proxy.", "proxy.acme.cdrs", "clearinghouse.x", "root", "", "proxy.ACME", "broker"})
    void whatIsNoPartyIsRefused(String commonName) {
        assertThatThrownBy(() -> Party.parse(commonName)).isInstanceOf(IllegalArgumentException.class);
    }

    /** A claim that was acknowledged and is gone would let its token in a second time. */
    @Test
    void noBrokerThatLacksAcknowledgedClaimsComesToLead() {
        assertThat(Topic.USED_TOKENS.upkeep().config())
                .containsEntry("unclean.leader.election.enable", "false")
                .containsEntry("message.timestamp.type", "LogAppendTime");
    }
}
