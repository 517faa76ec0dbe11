package org.callclear.schemas.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.callclear.schemas.avro.CalendarMarker;
import org.callclear.schemas.avro.JournalStanding;
import org.callclear.schemas.avro.LineName;
import org.callclear.schemas.avro.LineSums;
import org.callclear.schemas.avro.PairTotal;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.SettlementFile;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;

/** What the carriers and gateways there are make of the catalogue: topics to create and rules of access to set. */
public final class Catalogue {
    /**
     * Partitions of every topic keyed by call id. The requests and the journal must have the same number, so that a
     * call's request and its grant stand in partitions of the same number.
     */
    public static final int CALL_PARTITIONS = 4;

    /** Consumer group of the clearinghouse. */
    public static final String CLEARINGHOUSE_GROUP = "clearinghouse";

    /** Consumer group and transactional-id prefix of settlement's intake. */
    public static final String INTAKE_GROUP = "settlement-intake";

    /** Application id of the settlement job: its group, its internal topics' and transactional ids' prefix. */
    public static final String SETTLEMENT_APPLICATION = "streams-settlement";

    /** Consumer group of what seals statements, and its one transactional id: only one seals at a time. */
    public static final String SEAL_GROUP = "settlement-seal";

    /** Prefix of the transactional ids that administration imports and exports with. */
    public static final String ADMINISTRATION_TRANSACTIONS = "administration-";

    private Catalogue() {}

    /**
     * Records that stand only in settlement's state stores and repartition topic. Their schemas are registered with
     * the others.
     */
    public static List<Schema> internalRecords() {
        return List.of(
                SettlementFile.getClassSchema(),
                JournalStanding.getClassSchema(),
                RateTerms.getClassSchema(),
                LineName.getClassSchema(),
                LineSums.getClassSchema(),
                PairTotal.getClassSchema(),
                CalendarMarker.getClassSchema());
    }

    /** A topic to create. */
    public record TopicSpec(String name, Topic family, int partitions, Map<String, String> config) {}

    /** What a principal may do on Kafka. */
    public record AccessRule(Party party, Resource resource, String name, boolean prefix, Operation operation)
            implements Comparable<AccessRule> {
        @Override
        public int compareTo(AccessRule other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return party + " may " + operation + " " + resource + " " + name + (prefix ? "*" : "");
        }
    }

    /** The kinds of resource, named as Kafka names them. */
    public enum Resource {
        TOPIC,
        GROUP,
        TRANSACTIONAL_ID
    }

    /** The operations, named as Kafka names them. */
    public enum Operation {
        READ,
        WRITE,
        CREATE,
        DELETE,
        DESCRIBE,
        DESCRIBE_CONFIGS
    }

    /** Every topic for these carriers and gateways. */
    public static List<TopicSpec> topics(Directory directory) {
        List<TopicSpec> specs = new ArrayList<>();
        for (Topic family : Topic.values()) {
            for (String name : names(family, directory)) {
                Map<String, String> config = new TreeMap<>(family.upkeep().config());
                specs.add(new TopicSpec(name, family, partitions(family), config));
            }
        }
        return specs;
    }

    /** How much of the brokers each party of a carrier may take; parties of no carrier have no quota. */
    public static List<Quota> quotas(Directory directory, CallRates rates) {
        List<Quota> quotas = new ArrayList<>();
        for (CarrierId carrier : directory.carriers()) {
            quotas.add(Quota.of(Party.proxyOf(carrier), rates.of(carrier)));
            quotas.add(Quota.of(Party.carrier(carrier), rates.of(carrier)));
        }
        directory
                .gateways()
                .forEach((gateway, carrier) -> quotas.add(Quota.of(Party.gateway(gateway), rates.of(carrier))));
        return List.copyOf(quotas);
    }

    /** Every rule of access for these carriers and gateways; what no rule allows is denied. */
    public static List<AccessRule> rules(Directory directory) {
        List<AccessRule> rules = new ArrayList<>();
        for (Topic family : Topic.values()) {
            family.writers().forEach(access -> grant(rules, family, access, directory, Operation.WRITE));
            family.readers().forEach(access -> grant(rules, family, access, directory, Operation.READ));
        }
        Party clearinghouse = Party.of(Party.Kind.CLEARINGHOUSE);
        rules.add(new AccessRule(clearinghouse, Resource.GROUP, CLEARINGHOUSE_GROUP, false, Operation.READ));
        for (GatewayId gateway : directory.gateways().keySet()) {
            Party party = Party.gateway(gateway);
            rules.add(new AccessRule(party, Resource.GROUP, party.commonName(), false, Operation.READ));
        }
        rules.addAll(settlementRules());
        rules.addAll(transactions(Party.of(Party.Kind.ADMINISTRATION), ADMINISTRATION_TRANSACTIONS));
        return rules.stream().sorted().distinct().toList();
    }

    private static List<AccessRule> settlementRules() {
        Party settlement = Party.of(Party.Kind.SETTLEMENT);
        List<AccessRule> rules = new ArrayList<>();
        rules.add(new AccessRule(settlement, Resource.GROUP, INTAKE_GROUP, false, Operation.READ));
        rules.add(new AccessRule(settlement, Resource.GROUP, SETTLEMENT_APPLICATION, true, Operation.READ));
        rules.add(new AccessRule(settlement, Resource.GROUP, SEAL_GROUP, false, Operation.READ));
        rules.addAll(transactions(settlement, INTAKE_GROUP));
        rules.addAll(transactions(settlement, SEAL_GROUP));
        rules.addAll(transactions(settlement, SETTLEMENT_APPLICATION));
        for (Operation operation : Operation.values()) {
            rules.add(new AccessRule(settlement, Resource.TOPIC, SETTLEMENT_APPLICATION + "-", true, operation));
        }
        return rules;
    }

    private static List<AccessRule> transactions(Party party, String prefix) {
        return List.of(
                new AccessRule(party, Resource.TRANSACTIONAL_ID, prefix, true, Operation.WRITE),
                new AccessRule(party, Resource.TRANSACTIONAL_ID, prefix, true, Operation.DESCRIBE));
    }

    private static void grant(
            List<AccessRule> rules, Topic family, Access access, Directory directory, Operation operation) {
        for (String name : names(family, directory)) {
            for (Party party : parties(access, family, name, directory)) {
                rules.add(new AccessRule(party, Resource.TOPIC, name, false, operation));
            }
        }
    }

    private static List<Party> parties(Access access, Topic family, String name, Directory directory) {
        return everyParty(access.kind(), directory).stream()
                .filter(party -> access.reach() == Access.Reach.ALL || owns(party, family, name, directory))
                .toList();
    }

    private static boolean owns(Party party, Topic family, String name, Directory directory) {
        return switch (family.scope()) {
            case ONE -> false;
            case GATEWAY -> party.kind() == Party.Kind.GATEWAY && name.equals(family.of(new GatewayId(party.id())));
            case CARRIER -> name.equals(family.of(carrierOf(party, directory)));
        };
    }

    private static CarrierId carrierOf(Party party, Directory directory) {
        return party.kind() == Party.Kind.GATEWAY
                ? java.util.Objects.requireNonNull(directory.gateways().get(new GatewayId(party.id())))
                : new CarrierId(party.id());
    }

    /** All parties of a kind. */
    public static List<Party> everyParty(Party.Kind kind, Directory directory) {
        return switch (kind) {
            case PROXY -> directory.carriers().stream().map(Party::proxyOf).toList();
            case CARRIER -> directory.carriers().stream().map(Party::carrier).toList();
            case GATEWAY ->
                directory.gateways().keySet().stream().map(Party::gateway).toList();
            default -> List.of(Party.of(kind));
        };
    }

    private static List<String> names(Topic family, Directory directory) {
        return switch (family.scope()) {
            case ONE -> List.of(family.topic());
            case CARRIER -> directory.carriers().stream().map(family::of).toList();
            case GATEWAY ->
                directory.gateways().keySet().stream().map(family::of).toList();
        };
    }

    private static int partitions(Topic family) {
        return switch (family) {
            // One, so that all claims to tokens stand in one order.
            case USED_TOKENS,
                    GATEWAY_STATUS,
                    CARRIERS,
                    GATEWAYS,
                    CONTRACTS,
                    RATE_DECKS,
                    LIMITS,
                    TOKEN_KEYS,
                    STATEMENT_KEYS,
                    COMMANDS,
                    COMMAND_OUTCOMES,
                    USAGE_FILES,
                    STATEMENTS,
                    // One, so that drafts stand in one order, and one instance at a time seals them.
                    STATEMENT_DRAFTS,
                    CDR_REJECTED,
                    AUTHORIZATION_REJECTED -> 1;
            default -> CALL_PARTITIONS;
        };
    }
}
