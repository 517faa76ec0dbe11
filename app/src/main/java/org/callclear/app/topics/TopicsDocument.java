package org.callclear.app.topics;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Access;
import org.callclear.schemas.topics.CallRates;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Catalogue.AccessRule;
import org.callclear.schemas.topics.Catalogue.TopicSpec;
import org.callclear.schemas.topics.Directory;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Quota;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.topics.Upkeep;

/** The page {@code docs/topics.md}, made from the catalogue so that it cannot disagree with it. */
public final class TopicsDocument {
    private static final String INTRODUCTION = """
            # Topics and who may use them

            Made from the catalogue (`org.callclear.schemas.topics`); a test fails when this page differs from it. Do not edit it:
            `mvn -pl app test -Dtest=TopicsDocumentTest -Dcallclear.write-docs=true` writes it again.

            Values are Avro in the Confluent wire format; subjects are the record's full name (`RecordNameStrategy`), compatibility
            is `FULL_TRANSITIVE`. `<id>` is a carrier's or a gateway's id.
            """;

    private static final String MATRIX = """

            ## Who may do what

            `W` writes, `R` reads; `own` means only the topic of the carrier or gateway itself (for a gateway in a carrier's family:
            of the carrier it belongs to). An empty field is denied by the broker, and so is every principal that is not in this
            table. Two more are super users, for whom no rule holds: `broker`, and `setup`, which makes topics, rules and quotas and is
            used for nothing else ([0022](decisions/0022-administration-has-rules.md)). A test tries every field on a broker, both ways.
            """;

    private static final String GROUPS = """

            ## Consumer groups, transactional ids and internal topics

            A `*` at the end of a name stands for any ending. This table and the one above are all rules there are (a test compares them with
            those in force on a broker). None is about the cluster: nobody but `setup` can make a rule, a quota or a topic of ours, or change a setting.

            | principal | resource | name | may |
            |---|---|---|---|
            """;

    private TopicsDocument() {}

    /** The whole page, lines ended by a line feed. */
    public static String markdown() {
        return INTRODUCTION + topics() + MATRIX + matrix() + GROUPS + groups() + quotas();
    }

    private static Directory sample() {
        CarrierId carrier = new CarrierId("acme");
        return new Directory(new TreeSet<>(List.of(carrier)), new TreeMap<>(Map.of(new GatewayId("acme-1"), carrier)));
    }

    private static String topics() {
        Map<Topic, Integer> partitions = Catalogue.topics(sample()).stream()
                .collect(Collectors.toMap(TopicSpec::family, TopicSpec::partitions, (a, b) -> a));
        StringBuilder out =
                new StringBuilder("\n| topic | key | records | partitions | kept |\n|---|---|---|---|---|\n");
        for (Topic topic : Topic.values()) {
            out.append(row(List.of(
                    code(topic.template()),
                    topic.key(),
                    topic.records().stream()
                            .map(Schema::getName)
                            .map(TopicsDocument::code)
                            .collect(Collectors.joining(", ")),
                    String.valueOf(partitions.get(topic)),
                    kept(topic.upkeep()))));
        }
        return out.toString();
    }

    private static String kept(Upkeep upkeep) {
        if (upkeep.compacted()) {
            return "latest of each key";
        }
        if (upkeep.retention().isNegative()) {
            return "for ever";
        }
        return length(upkeep.retention())
                + (upkeep.isByBrokersClock() ? " by the broker's clock; no unclean leader election" : "");
    }

    private static String length(Duration retention) {
        long days = retention.toDays();
        if (!Duration.ofDays(days).equals(retention)) {
            return retention.toHours() + " hours";
        }
        return days + (days == 1 ? " day" : " days");
    }

    private static String matrix() {
        List<Party.Kind> kinds = Arrays.stream(Party.Kind.values())
                .filter(kind -> !kind.isSuperUser())
                .toList();
        StringBuilder out = new StringBuilder("\n| topic |");
        kinds.forEach(kind -> out.append(' ').append(kind.word()).append(" |"));
        out.append("\n|---|").append("---|".repeat(kinds.size())).append('\n');
        for (Topic topic : Topic.values()) {
            List<String> cells = kinds.stream().map(kind -> cell(topic, kind)).toList();
            out.append("| ").append(code(topic.template())).append(" |");
            cells.forEach(
                    cell -> out.append(cell.isEmpty() ? " " : " " + cell + " ").append('|'));
            out.append('\n');
        }
        return out.toString();
    }

    private static String cell(Topic topic, Party.Kind kind) {
        String writes = reach(topic.writers(), kind, "W");
        String reads = reach(topic.readers(), kind, "R");
        return writes.isEmpty() || reads.isEmpty() ? writes + reads : writes + ", " + reads;
    }

    private static String reach(List<Access> accesses, Party.Kind kind, String letter) {
        return accesses.stream()
                .filter(access -> access.kind() == kind)
                .map(access -> access.reach() == Access.Reach.OWN ? letter + " own" : letter)
                .sorted()
                .findFirst()
                .orElse("");
    }

    private static String groups() {
        Map<String, String> operations = new TreeMap<>();
        for (AccessRule rule : Catalogue.rules(sample())) {
            if (rule.resource() != Catalogue.Resource.TOPIC || rule.prefix()) {
                String key = row(List.of(
                        code(general(rule.party(), rule.party().commonName())),
                        rule.resource().name(),
                        code(general(rule.party(), rule.name()) + (rule.prefix() ? "*" : ""))));
                operations.merge(key, rule.operation().name(), (a, b) -> a + ", " + b);
            }
        }
        StringBuilder out = new StringBuilder();
        operations.forEach((key, may) ->
                out.append(key.stripTrailing()).append(' ').append(may).append(" |\n"));
        return out.toString();
    }

    /** A name of the sample's party as it is for every party of its kind. */
    private static String general(Party party, String name) {
        return party.kind().isMany() ? name.replace(party.id(), "<id>") : name;
    }

    private static String quotas() {
        StringBuilder out =
                new StringBuilder("""

            ## Quotas

            Of each broker, for every carrier and gateway of its own, at the usual %d calls per second; what is agreed with a carrier changes
            those of its proxies and gateways in proportion, down to %d KiB/s and %d%% ([configuration.md](configuration.md)). A broker delays what
            comes above them, and refuses nothing. Parties of no carrier have none.

            | principal | may write, KiB/s | may read, KiB/s | time of request threads |
            |---|---|---|---|
            """.formatted(CallRates.USUAL, Quota.LEAST_BYTES >> 10, Quota.LEAST_PERCENT));
        for (Quota quota : Catalogue.quotas(sample(), CallRates.usual())) {
            out.append(row(List.of(
                    code(general(quota.party(), quota.party().commonName())),
                    Long.toString(quota.producedBytes() >> 10),
                    Long.toString(quota.consumedBytes() >> 10),
                    quota.requestPercent() + "% of one thread")));
        }
        return out.toString();
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
