package org.callclear.app.config;

import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A mapping of a YAML file whose keys are read one by one; what nobody read at the end is an error. */
final class Section {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private final Path file;
    private final String name;
    private final int line;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Set<String> read = new LinkedHashSet<>();

    private Section(Path file, String name, MappingNode node) {
        this.file = file;
        this.name = name;
        this.line = node.getStartMark().getLine() + 1;
        for (NodeTuple tuple : node.getValue()) {
            int at = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new ConfigException(file + ":" + at + ": a key must be a plain word");
            }
            if (values.put(key.getValue(), tuple.getValueNode()) != null) {
                throw new ConfigException(file + ":" + at + ": " + path(key.getValue()) + ": stands twice");
            }
            lines.put(key.getValue(), at);
        }
    }

    /** @throws ConfigException when there is no such file, or it is not a YAML mapping */
    static Section of(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            if (new Yaml(new LoaderOptions()).compose(reader) instanceof MappingNode mapping) {
                return new Section(file, "", mapping);
            }
            throw new ConfigException(file + ":1: must be a YAML mapping of fields to values");
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": there is no such file", e);
        } catch (MarkedYAMLException e) {
            int at = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new ConfigException(file + ":" + at + ": not YAML: " + oneLine(e.getProblem()), e);
        } catch (IOException | YAMLException e) {
            throw new ConfigException(file + ": cannot be read: " + oneLine(e.getMessage()), e);
        }
    }

    private static String oneLine(@Nullable String text) {
        return String.valueOf(text).replaceAll("\\s*\\R\\s*", " ");
    }

    private String path(String key) {
        return name.isEmpty() ? key : name + "." + key;
    }

    /** A message about a field of this section, with its place. */
    ConfigException wrong(String key, String why) {
        Node node = values.get(key);
        String value = node instanceof ScalarNode scalar ? " '" + scalar.getValue() + "'" : "";
        return new ConfigException(file + ":" + lineOf(key) + ": " + path(key) + value + ": " + why);
    }

    /** The line of a key, or where the section begins. */
    int lineOf(String key) {
        return lines.getOrDefault(key, line);
    }

    /** All keys there are, in the file's order. */
    List<String> keys() {
        return List.copyOf(lines.keySet());
    }

    /** A key that a type of ours checks. */
    <T> T key(String key, Function<String, T> type) {
        try {
            return type.apply(key);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(file + ":" + lineOf(key) + ": " + path(key) + ": " + oneLine(e.getMessage()), e);
        }
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Keys that others read from this file: here they may stand, and are not looked at. */
    void leave(Collection<String> keys) {
        read.addAll(keys);
    }

    /** @throws ConfigException at the first key that is not known */
    void end() {
        for (String key : values.keySet()) {
            if (!read.contains(key)) {
                throw wrong(key, "no such field; known are " + String.join(", ", read));
            }
        }
    }

    /** A part of its own; missing is an error. */
    Section section(String key) {
        Section section = optionalSection(key);
        if (section == null) {
            throw wrong(key, "is missing");
        }
        return section;
    }

    @Nullable
    Section optionalSection(String key) {
        read.add(key);
        Node node = values.get(key);
        if (node == null) {
            return null;
        }
        if (node instanceof MappingNode mapping) {
            return new Section(file, path(key), mapping);
        }
        throw wrong(key, "must be a mapping of fields to values");
    }

    String text(String key) {
        read.add(key);
        Node node = values.get(key);
        if (node == null) {
            throw wrong(key, "is missing");
        }
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue().strip();
        }
        throw wrong(key, "must be a single value");
    }

    String text(String key, String usual) {
        read.add(key);
        return has(key) ? text(key) : usual;
    }

    /** A value that a type of ours checks. */
    <T> T value(String key, Function<String, T> type) {
        String text = text(key);
        try {
            return type.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new ConfigException(
                    file + ":" + lineOf(key) + ": " + path(key) + " '" + text + "': " + oneLine(e.getMessage()), e);
        }
    }

    <T> T value(String key, Function<String, T> type, T usual) {
        read.add(key);
        return has(key) ? value(key, type) : usual;
    }

    int number(String key, int usual) {
        read.add(key);
        if (!has(key)) {
            return usual;
        }
        if (!text(key).matches("-?[0-9]{1,9}")) {
            throw wrong(key, "must be a whole number");
        }
        return Integer.parseInt(text(key));
    }

    /** Such as 300ms, 6s, 2m, 12h, 1d. */
    Duration duration(String key, Duration usual) {
        read.add(key);
        if (!has(key)) {
            return usual;
        }
        Matcher matcher = DURATION.matcher(text(key));
        if (!matcher.matches()) {
            throw wrong(key, "must be a time such as 300ms, 6s, 2m, 12h or 1d");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** {@code host:port}, resolved. */
    InetSocketAddress address(String key) {
        try {
            return Addresses.parse(text(key), 0);
        } catch (IllegalArgumentException e) {
            throw wrong(key, String.valueOf(e.getMessage()));
        }
    }

    /** The same, or null when the key is not there. */
    @Nullable
    Path optionalPath(String key) {
        read.add(key);
        return has(key) ? path(key, true) : null;
    }

    /** A path, taken from the folder of the configuration file when it is relative. */
    Path path(String key, boolean mustExist) {
        Path given = Path.of(text(key));
        Path folder = file.toAbsolutePath().getParent();
        Path path = given.isAbsolute() || folder == null
                ? given
                : folder.resolve(given).normalize();
        if (mustExist && !Files.isReadable(path)) {
            throw wrong(key, Files.exists(path) ? path + " cannot be read by this user" : "there is no file " + path);
        }
        return path;
    }

    /** Makes a record of what was read; what its constructor says against a field gets the field's line. */
    <T> T make(java.util.function.Supplier<T> record) {
        try {
            return record.get();
        } catch (IllegalArgumentException e) {
            String message = oneLine(e.getMessage());
            String field = message.split("[ :]", 2)[0];
            throw new ConfigException(file + ":" + lineOf(field) + ": " + message, e);
        }
    }
}
