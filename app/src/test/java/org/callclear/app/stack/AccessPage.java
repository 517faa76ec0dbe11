package org.callclear.app.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Directory;

/**
 * {@code docs/topics.md} as a person would read it: who may do what. It shares no code with what makes the rules on the
 * broker, so that a fault in that shows as a difference.
 */
final class AccessPage {
    private static final String SLOT = "<id>";

    private final List<List<String>> matrix;
    private final List<List<String>> others;

    private AccessPage(List<List<String>> matrix, List<List<String>> others) {
        this.matrix = matrix;
        this.others = others;
    }

    /** A right that the page gives. */
    record Right(String principal, ResourceType type, String name, boolean prefix, AclOperation operation) {
        boolean covers(ResourceType wanted, String resource, AclOperation asked) {
            return type == wanted
                    && (prefix ? resource.startsWith(name) : resource.equals(name))
                    && (asked == operation || (asked == AclOperation.DESCRIBE && BRINGS_DESCRIBE.contains(operation)));
        }

        /** As the broker's documentation has it. */
        private static final Set<AclOperation> BRINGS_DESCRIBE =
                Set.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE, AclOperation.ALTER);
    }

    static AccessPage read(Path page) throws IOException {
        List<String> lines = Files.readAllLines(page);
        return new AccessPage(table(lines, "## Who may do what"), table(lines, "## Consumer groups"));
    }

    /** The first table below a heading, its header row first, without its rule. */
    private static List<List<String>> table(List<String> lines, String heading) {
        List<List<String>> rows = new ArrayList<>();
        lines.stream()
                .dropWhile(line -> !line.startsWith(heading))
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .filter(line -> !line.startsWith("|---"))
                .forEach(line -> rows.add(
                        Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                                .map(cell -> cell.strip().replace("`", ""))
                                .toList()));
        if (rows.size() < 2) {
            throw new IllegalStateException("the page has no table below '" + heading + "'");
        }
        return rows;
    }

    /** All rights of these carriers and gateways. */
    Set<Right> rights(Directory directory) {
        Set<Right> rights = new LinkedHashSet<>();
        List<String> kinds = matrix.getFirst();
        for (List<String> row : matrix.subList(1, matrix.size())) {
            for (int column = 1; column < row.size(); column++) {
                String kind = kinds.get(column);
                for (String word : row.get(column).split(", ", -1)) {
                    if (!word.isEmpty()) {
                        addTopics(rights, row.getFirst(), kind, word, directory);
                    }
                }
            }
        }
        others.subList(1, others.size()).forEach(row -> addOthers(rights, row, directory));
        return rights;
    }

    private static void addTopics(Set<Right> rights, String template, String kind, String word, Directory directory) {
        AclOperation operation = word.startsWith("W") ? AclOperation.WRITE : AclOperation.READ;
        boolean own = word.endsWith(" own");
        names(template, directory)
                .forEach((owner, topic) -> principals(kind, directory).forEach((principal, owners) -> {
                    if (!own || owners.contains(owner)) {
                        rights.add(new Right(principal, ResourceType.TOPIC, topic, false, operation));
                    }
                }));
    }

    private static void addOthers(Set<Right> rights, List<String> row, Directory directory) {
        String name = row.get(2);
        boolean prefix = name.endsWith("*");
        String whole = prefix ? name.substring(0, name.length() - 1) : name;
        String template = row.getFirst();
        List<String> ids =
                template.contains(SLOT) ? ids(template.substring(0, template.indexOf('.')), directory) : List.of("");
        for (String id : ids) {
            for (String operation : row.get(3).split(", ", -1)) {
                rights.add(new Right(
                        template.replace(SLOT, id),
                        ResourceType.valueOf(row.get(1)),
                        whole.replace(SLOT, id),
                        prefix,
                        AclOperation.valueOf(operation)));
            }
        }
    }

    /** Topics of a family by whose they are, such as {@code carrier acme}. */
    static SortedMap<String, String> names(String template, Directory directory) {
        SortedMap<String, String> names = new TreeMap<>();
        if (template.startsWith("carrier." + SLOT)) {
            directory.carriers().forEach(id -> names.put("carrier " + id, template.replace(SLOT, id.value())));
        } else if (template.startsWith("gateway." + SLOT)) {
            directory.gateways().keySet().forEach(id -> names.put("gateway " + id, template.replace(SLOT, id.value())));
        } else {
            names.put("", template);
        }
        return names;
    }

    /** All topics of the page's matrix. */
    List<String> topics(Directory directory) {
        return matrix.subList(1, matrix.size()).stream()
                .flatMap(row -> names(row.getFirst(), directory).values().stream())
                .toList();
    }

    /** All principals of the page's matrix. */
    List<String> principals(Directory directory) {
        return matrix.getFirst().stream()
                .skip(1)
                .flatMap(kind -> principals(kind, directory).keySet().stream())
                .toList();
    }

    /** Principals of a kind, and as whom each owns topics. */
    private static Map<String, Set<String>> principals(String kind, Directory directory) {
        Map<String, Set<String>> principals = new TreeMap<>();
        switch (kind) {
            case "proxy", "carrier" ->
                directory.carriers().forEach(id -> principals.put(kind + "." + id, Set.of("carrier " + id)));
            case "gateway" ->
                directory
                        .gateways()
                        .forEach((id, carrier) ->
                                principals.put(kind + "." + id, Set.of("gateway " + id, "carrier " + carrier)));
            default -> principals.put(kind, Set.of());
        }
        return principals;
    }

    private static List<String> ids(String kind, Directory directory) {
        Stream<String> ids = kind.equals("gateway")
                ? directory.gateways().keySet().stream().map(GatewayId::value)
                : directory.carriers().stream().map(CarrierId::value);
        return ids.toList();
    }
}
