package org.callclear.app.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.Utils;
import org.callclear.app.topics.TopicApplier;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Directory;
import org.callclear.schemas.topics.Party;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every principal tries every request on every topic, group, transactional id and the cluster of a real broker. What
 * must be let in and what refused is read from {@code docs/topics.md}; rules are made by other code.
 */
@Tag("broker")
class AccessWalkTest {
    private static final Path PAGE = Path.of("..", "docs", "topics.md");
    private static final CarrierId ACME = new CarrierId("acme");
    private static final CarrierId ZENITH = new CarrierId("zenith");
    private static final Directory DIRECTORY = new Directory(
            new TreeSet<>(List.of(ACME, ZENITH)),
            new TreeMap<>(Map.of(
                    new GatewayId("acme-1"), ACME,
                    new GatewayId("zenith-1"), ZENITH,
                    new GatewayId("zenith-2"), ZENITH)));

    /** With a certificate of the authority, and in no reference data. */
    private static final List<String> STRANGERS = List.of("proxy.nowhere", "gateway.nowhere-1", "carrier.nowhere");

    /** Kafka's own topics, such as the stream job makes, and some whose names only begin like a topic of ours. */
    private static final List<String> OTHER_TOPICS = List.of(
            "streams-settlement-first-sight-changelog",
            "streams-settlement-totals-repartition",
            "streams-settlement",
            "streams",
            "settlement-journal-2",
            "carrier.acme.cdrs.old",
            "somebodys-own");

    private static final List<String> KAFKAS_TOPICS = List.of("__consumer_offsets", "__transaction_state");
    private static final String SACRIFICE = "streams-settlement-sacrifice";

    private static final List<String> GROUPS = List.of(
            "clearinghouse",
            "gateway.acme-1",
            "gateway.zenith-1",
            "gateway.zenith-2",
            "settlement-intake",
            "streams-settlement",
            "clearinghouse-2",
            "settlement",
            "somebodys-own");

    private static final List<String> TRANSACTIONAL_IDS = List.of(
            "settlement-intake",
            "settlement-intake-0",
            "streams-settlement-1c7e-1",
            "administration-reference",
            "administration-usage-import-acme",
            "administration",
            "clearinghouse",
            "somebodys-own");

    /** Every operation that Kafka knows of them. */
    private static final Map<ResourceType, Set<AclOperation>> OPERATIONS = Map.of(
            ResourceType.TOPIC,
            Set.of(
                    AclOperation.READ,
                    AclOperation.WRITE,
                    AclOperation.CREATE,
                    AclOperation.DELETE,
                    AclOperation.ALTER,
                    AclOperation.ALTER_CONFIGS,
                    AclOperation.DESCRIBE,
                    AclOperation.DESCRIBE_CONFIGS),
            ResourceType.CLUSTER,
            Set.of(
                    AclOperation.CREATE,
                    AclOperation.ALTER,
                    AclOperation.ALTER_CONFIGS,
                    AclOperation.DESCRIBE,
                    AclOperation.DESCRIBE_CONFIGS,
                    AclOperation.CLUSTER_ACTION));

    @TempDir
    static Path folder;

    private static EmbeddedStack stack;
    private static AccessPage page;
    private static Set<AccessPage.Right> rights;

    private final List<String> wrong = new ArrayList<>();
    private int cells;
    private int letIn;

    @BeforeAll
    static void start() throws Exception {
        // A broker tells of every refusal of the cluster at length.
        ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("kafka.server"))
                .setLevel(ch.qos.logback.classic.Level.OFF);
        page = AccessPage.read(PAGE);
        rights = page.rights(DIRECTORY);
        stack = EmbeddedStack.start(folder.resolve("data"), StackPorts.REMEMBERED, line -> {});
        try (TopicApplier applier = TopicApplier.open(stack.accessFor(Parties.SETUP));
                Admin admin = Admin.create(stack.accessFor(Parties.SETUP).clientSettings())) {
            applier.apply(DIRECTORY, line -> {});
            admin.createTopics(Stream.concat(OTHER_TOPICS.stream(), Stream.of(SACRIFICE))
                            .map(name -> new NewTopic(name, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        makeKafkasTopics();
    }

    /** The first that joins a group or begins a transaction makes them, and is told to come again. */
    private static void makeKafkasTopics() throws Exception {
        try (PartyWire wire = PartyWire.open(stack.accessFor(Parties.SETUP))) {
            org.awaitility.Awaitility.await()
                    .atMost(java.time.Duration.ofSeconds(60))
                    .until(() -> Stream.concat(GroupProbes.ofGroups().stream(), GroupProbes.ofTransactions().stream())
                            .filter(probe -> !probe.harmful())
                            .allMatch(probe -> probe
                                    .ask()
                                    .apply(wire, probe.type() == ResourceType.GROUP ? GROUPS : TRANSACTIONAL_IDS)
                                    .values()
                                    .stream()
                                    .allMatch(probe.letIn()::contains)));
        }
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void everyCellIsAsThePageSays() throws Exception {
        long began = System.nanoTime();
        for (String principal : principals()) {
            try (PartyWire wire = PartyWire.open(stack.accessFor(Party.parse(principal)))) {
                walk(wire, principal);
            }
        }
        System.out.printf(
                "access walk: %d principals, %d cells, %d let in, %d refused, %d ms%n",
                principals().size(), cells, letIn, cells - letIn, (System.nanoTime() - began) / 1_000_000);

        assertThat(wrong).as("cells that are not as docs/topics.md says").isEmpty();
        assertThat(cells).isGreaterThan(8_000);
        assertThat(letIn).isGreaterThan(500);
    }

    @Test
    void everyRuleInForceIsOnThePageAndEveryRuleOnThePageIsInForce() throws Exception {
        Set<AclBinding> onPage = rights.stream().map(AccessWalkTest::binding).collect(Collectors.toSet());
        try (Admin admin = Admin.create(stack.accessFor(Parties.SETUP).clientSettings())) {
            assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get())
                    .containsExactlyInAnyOrderElementsOf(onPage);
        }
    }

    private static List<String> principals() {
        List<String> principals = new ArrayList<>(page.principals(DIRECTORY));
        principals.addAll(STRANGERS);
        principals.add(Parties.SETUP.commonName());
        return principals;
    }

    private static List<String> topics() {
        List<String> topics = new ArrayList<>(page.topics(DIRECTORY));
        topics.addAll(OTHER_TOPICS);
        return topics;
    }

    private void walk(PartyWire wire, String principal) throws Exception {
        List<String> topics = topics();
        TopicProbes.all().forEach(probe -> ask(wire, principal, probe, topics));
        if (!isSuperUser(principal)) {
            TopicProbes.all().forEach(probe -> ask(wire, principal, probe, KAFKAS_TOPICS));
        }
        GroupProbes.ofGroups().forEach(probe -> ask(wire, principal, probe, GROUPS));
        GroupProbes.ofTransactions().forEach(probe -> ask(wire, principal, probe, TRANSACTIONAL_IDS));
        ClusterProbes.all().forEach(probe -> ask(wire, principal, probe, List.of(ClusterProbes.NAME)));
        allOperations(wire, principal, topics);
        if (principal.equals("settlement")) {
            check(principal, deletion(), SACRIFICE, TopicProbes.deleteTopics(wire, List.of(SACRIFICE)));
        }
    }

    private static Probe deletion() {
        return TopicProbes.all().getLast();
    }

    private void ask(PartyWire wire, String principal, Probe probe, List<String> names) {
        List<String> asked = names.stream()
                .filter(name -> !probe.harmful() || !allowed(principal, probe.type(), name, probe.operation()))
                .toList();
        if (!asked.isEmpty()) {
            Map<String, Errors> answers = probe.ask().apply(wire, asked);
            asked.forEach(name -> check(principal, probe, name, answers));
        }
    }

    private void check(String principal, Probe probe, String name, Map<String, Errors> answers) {
        boolean allowed = allowed(principal, probe.type(), name, probe.operation());
        Errors answer = answers.get(name);
        cells++;
        letIn += allowed ? 1 : 0;
        if (allowed ? !probe.letIn().contains(answer) : answer != probe.refusal()) {
            wrong.add("%s: %s needs %s on %s %s: %s, but the broker answers %s"
                    .formatted(
                            principal,
                            probe.api(),
                            probe.operation(),
                            probe.type(),
                            name,
                            allowed ? "allowed" : "not allowed",
                            answer));
        }
    }

    /** What the broker itself says of each topic that the party can see, and of the cluster: all operations there are. */
    private void allOperations(PartyWire wire, String principal, List<String> topics) {
        TopicProbes.describe(wire, topics).forEach(topic -> {
            if (topic.errorCode() == Errors.NONE.code()) {
                compare(principal, ResourceType.TOPIC, topic.name(), topic.topicAuthorizedOperations());
            }
        });
        compare(principal, ResourceType.CLUSTER, ClusterProbes.NAME, ClusterProbes.operations(wire));
    }

    private void compare(String principal, ResourceType type, String name, int bits) {
        Set<AclOperation> said = Utils.from32BitField(bits).stream()
                .map(AclOperation::fromCode)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(AclOperation.class)));
        for (AclOperation operation : OPERATIONS.getOrDefault(type, Set.of())) {
            boolean allowed = allowed(principal, type, name, operation);
            cells++;
            letIn += allowed ? 1 : 0;
            if (allowed != said.contains(operation)) {
                wrong.add("%s: %s on %s %s: %s, but the broker says otherwise"
                        .formatted(principal, operation, type, name, allowed ? "allowed" : "not allowed"));
            }
        }
    }

    private static boolean isSuperUser(String principal) {
        return principal.equals("setup");
    }

    private static boolean allowed(String principal, ResourceType type, String name, AclOperation operation) {
        if (isSuperUser(principal)) {
            return true;
        }
        if (operation == AclOperation.IDEMPOTENT_WRITE) { // Kafka gives it to whoever may write anything.
            return rights.stream()
                    .anyMatch(right -> right.principal().equals(principal)
                            && right.type() == ResourceType.TOPIC
                            && right.operation() == AclOperation.WRITE);
        }
        return rights.stream()
                .anyMatch(right -> right.principal().equals(principal) && right.covers(type, name, operation));
    }

    private static AclBinding binding(AccessPage.Right right) {
        return new AclBinding(
                new ResourcePattern(
                        right.type(), right.name(), right.prefix() ? PatternType.PREFIXED : PatternType.LITERAL),
                new AccessControlEntry("User:" + right.principal(), "*", right.operation(), AclPermissionType.ALLOW));
    }
}
