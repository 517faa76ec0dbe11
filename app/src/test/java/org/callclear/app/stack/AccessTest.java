package org.callclear.app.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.callclear.app.stack.Parties.ACME;
import static org.callclear.app.stack.Parties.ADMINISTRATION;
import static org.callclear.app.stack.Parties.DIRECTORY;
import static org.callclear.app.stack.Parties.SETUP;
import static org.callclear.app.stack.Parties.ZENITH;
import static org.callclear.app.stack.Parties.ZENITH_1;
import static org.callclear.app.stack.Parties.ZENITH_2;
import static org.callclear.app.stack.Parties.join;
import static org.callclear.app.stack.Parties.readAll;
import static org.callclear.app.stack.Parties.write;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.callclear.app.topics.TopicApplier;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.tokens.pki.CertificateAuthority;
import org.callclear.tokens.pki.Subject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is let in, and to what, by a real broker that was set up from the catalogue. */
@Tag("broker")
class AccessTest {
    @TempDir
    static Path folder;

    private static EmbeddedStack stack;

    @BeforeAll
    static void start() {
        stack = EmbeddedStack.start(folder.resolve("data"), StackPorts.REMEMBERED, line -> {});
        try (TopicApplier applier = TopicApplier.open(stack.accessFor(SETUP))) {
            applier.apply(DIRECTORY, line -> {});
        }
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void whoHasNoCertificateIsNotLetIn() {
        Map<String, Object> settings = as(Party.gateway(ZENITH_1));
        settings.remove("ssl.keystore.location");
        settings.remove("ssl.keystore.type");

        assertThatThrownBy(() -> write(settings, "settlement-journal")).isInstanceOf(SslAuthenticationException.class);
    }

    @Test
    void whoDoesNotSpeakTlsIsNotLetIn() {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", stack.bootstrapServers()));

        assertThatThrownBy(() -> write(settings, "settlement-journal")).isInstanceOf(TimeoutException.class);
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNotLetInWhateverItsName() {
        CertificateAuthority other =
                CertificateAuthority.openOrCreate(folder.resolve("other-pki"), Clock.systemUTC(), new SecureRandom());
        Path identity = other.ensure(Subject.of(ADMINISTRATION), Duration.ofDays(1));
        Map<String, Object> settings = as(ADMINISTRATION);
        settings.put("ssl.keystore.location", identity.toString());

        assertThatThrownBy(() -> write(settings, "settlement-journal")).isInstanceOf(SslAuthenticationException.class);
    }

    @Test
    void aGatewayReadsItsOwnSetupRequests() {
        String own = Topic.SETUP_REQUESTS.of(ZENITH_1);
        write(as(Party.proxyOf(ACME)), own);

        assertThat(readAll(as(Party.gateway(ZENITH_1)), own)).containsKey("key");
    }

    @Test
    void aGatewayIsRefusedAnotherGatewaysSetupRequests() {
        String others = Topic.SETUP_REQUESTS.of(ZENITH_2);

        assertThatThrownBy(() -> readAll(as(Party.gateway(ZENITH_1)), others))
                .isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void aGatewayWritesItsCarriersCdrs() {
        assertThat(write(as(Party.gateway(ZENITH_1)), Topic.CDRS.of(ZENITH)).hasOffset())
                .isTrue();
    }

    @Test
    void aCarriersProxyCannotWriteAnotherCarriersCdrs() {
        assertThatThrownBy(() -> write(as(Party.proxyOf(ACME)), Topic.CDRS.of(ZENITH)))
                .isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void aCarriersProxyCannotReadAnotherCarriersTokens() {
        String others = Topic.AUTHORIZATION_RESPONSES.of(ZENITH);

        assertThatThrownBy(() -> readAll(as(Party.proxyOf(ACME)), others))
                .isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void aPartyUnknownToTheCatalogueCannotJoinAGroup() {
        Map<String, Object> stranger = as(Party.parse("gateway.nowhere-1"));

        assertThatThrownBy(() -> join(stranger, Catalogue.CLEARINGHOUSE_GROUP, Topic.CARRIERS.topic()))
                .isInstanceOf(AuthorizationException.class);
    }

    @Test
    void aGatewayCannotJoinTheClearinghousesGroup() {
        String readable = Topic.TOKEN_KEYS.topic();

        assertThatThrownBy(() -> join(as(Party.gateway(ZENITH_1)), Catalogue.CLEARINGHOUSE_GROUP, readable))
                .isInstanceOf(GroupAuthorizationException.class);
    }

    @Test
    void theClearinghouseJoinsItsGroup() {
        Map<String, Object> clearinghouse = as(Party.of(Party.Kind.CLEARINGHOUSE));

        assertThatCode(() -> join(clearinghouse, Catalogue.CLEARINGHOUSE_GROUP, Topic.AUTHORIZATION_REQUESTS.of(ACME)))
                .doesNotThrowAnyException();
    }

    @Test
    void aPartyCannotGiveItselfRights() throws Exception {
        var tokens =
                new ResourcePattern(ResourceType.TOPIC, Topic.AUTHORIZATION_RESPONSES.of(ACME), PatternType.LITERAL);
        try (Admin setup = Admin.create(as(SETUP))) {
            for (Party party : List.of(Party.gateway(ZENITH_1), Party.proxyOf(ZENITH), ADMINISTRATION)) {
                var right = new AclBinding(
                        tokens,
                        new AccessControlEntry(
                                "User:" + party.commonName(), "*", AclOperation.READ, AclPermissionType.ALLOW));
                try (Admin admin = Admin.create(as(party))) {
                    assertThatThrownBy(
                                    () -> admin.createAcls(List.of(right)).all().get())
                            .as("%s", party)
                            .hasCauseInstanceOf(ClusterAuthorizationException.class);
                    assertThatThrownBy(() -> admin.deleteAcls(List.of(AclBindingFilter.ANY))
                                    .all()
                                    .get())
                            .as("%s", party)
                            .hasCauseInstanceOf(ClusterAuthorizationException.class);
                }
                assertThat(setup.describeAcls(right.toFilter()).values().get()).isEmpty();
            }
        }
    }

    /** What the broker says each party may do is exactly what the rules say, for every topic and every party. */
    @ParameterizedTest
    @MethodSource("everyParty")
    void whatIsNotInTheRulesIsDenied(Party party) throws Exception {
        Map<String, List<AclOperation>> wanted = new HashMap<>();
        Catalogue.rules(DIRECTORY).stream()
                .filter(rule ->
                        rule.party().equals(party) && rule.resource() == Catalogue.Resource.TOPIC && !rule.prefix())
                .forEach(rule -> wanted.computeIfAbsent(rule.name(), name -> new ArrayList<>())
                        .add(AclOperation.valueOf(rule.operation().name())));

        try (Admin admin = Admin.create(as(party))) {
            assertThat(admin.listTopics().names().get()).containsExactlyInAnyOrderElementsOf(wanted.keySet());
            var options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
            admin.describeTopics(wanted.keySet(), options)
                    .allTopicNames()
                    .get()
                    .forEach((name, topic) -> assertThat(topic.authorizedOperations())
                            .as("%s on %s", party, name)
                            .containsAll(wanted.getOrDefault(name, List.of()))
                            .hasSize(wanted.getOrDefault(name, List.of()).size() + 1) // and DESCRIBE, which each brings
                            .contains(AclOperation.DESCRIBE));
        }
    }

    static Stream<Arguments> everyParty() {
        return Stream.of(Party.Kind.values())
                .filter(kind -> !kind.isSuperUser())
                .flatMap(kind -> Catalogue.everyParty(kind, DIRECTORY).stream())
                .map(Arguments::of);
    }

    private static Map<String, Object> as(Party party) {
        KafkaAccess access = stack.accessFor(party);
        Map<String, Object> settings = access.clientSettings();
        settings.put("reconnect.backoff.max.ms", 1_000);
        return settings;
    }
}
