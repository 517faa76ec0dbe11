package org.callclear.settlement.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The first thing in which two statements differ.
 *
 * @param path where, such as {@code lines[3].amount}
 * @param published what the published statement has there, as JSON; empty for nothing
 * @param replayed what the replayed one has there, as JSON; empty for nothing
 */
public record Difference(String path, String published, String replayed) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The first difference of two JSON texts, in the order of canonical JSON; empty when they say the same.
     *
     * @throws IllegalArgumentException when one is no JSON
     */
    public static Optional<Difference> first(byte[] published, byte[] replayed) {
        try {
            return between("", JSON.readTree(published), JSON.readTree(replayed));
        } catch (IOException e) {
            throw new IllegalArgumentException("not the JSON of a statement", e);
        }
    }

    private static Optional<Difference> between(String path, JsonNode one, JsonNode other) {
        if (one.equals(other)) {
            return Optional.empty();
        }
        if (one.isObject() && other.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            one.fieldNames().forEachRemaining(names::add);
            other.fieldNames().forEachRemaining(names::add);
            return names.stream()
                    .map(name -> between(path.isEmpty() ? name : path + "." + name, one.path(name), other.path(name)))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (one.isArray() && other.isArray()) {
            for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
                Optional<Difference> here = between(path + "[" + i + "]", one.path(i), other.path(i));
                if (here.isPresent()) {
                    return here;
                }
            }
        }
        return Optional.of(new Difference(path, text(one), text(other)));
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() ? "" : node.toString();
    }
}
