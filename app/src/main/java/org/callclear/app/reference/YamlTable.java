package org.callclear.app.reference;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML file with a list of mappings, each a row as {@link CsvTable} has them. A mapping in a mapping is read as fields with
 * both names: {@code gate: {percent: 1}} is {@code gate_percent}.
 */
final class YamlTable {
    private final String file;
    private final Set<String> known;
    /** The same words for all such faults: a file may have a million. */
    private final String noSuchField;

    private final List<Fault> faults = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    private YamlTable(String file, Set<String> known) {
        this.file = file;
        this.known = known;
        this.noSuchField = "no such field; known are " + String.join(", ", new TreeSet<>(known));
    }

    /** Reads a file whole. What is wrong with its form is in {@link #faults()}, never thrown. */
    static YamlTable read(Path path, Set<String> known) {
        try {
            return read(String.valueOf(path), Files.readAllBytes(path), known);
        } catch (IOException e) {
            YamlTable table = new YamlTable(String.valueOf(path), known);
            String why =
                    e instanceof NoSuchFileException ? "there is no such file" : "cannot be read: " + e.getMessage();
            table.fault(0, "", "", why);
            return table;
        }
    }

    /** The same for content that is no file of the file system. */
    static YamlTable read(String name, byte[] content, Set<String> known) {
        YamlTable table = new YamlTable(name, known);
        try (InputStreamReader reader =
                new InputStreamReader(new ByteArrayInputStream(content), StandardCharsets.UTF_8.newDecoder())) {
            table.take(new Yaml(new LoaderOptions()).compose(reader));
        } catch (MarkedYAMLException e) {
            long line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            table.fault(line, "", "", "is not YAML from here: " + Fault.oneLine(e.getProblem()));
        } catch (YAMLException | IOException e) {
            table.fault(0, "", "", "is not YAML in UTF-8");
        }
        return table;
    }

    private void take(@org.jspecify.annotations.Nullable Node root) {
        if (!(root instanceof SequenceNode list)) {
            fault(1, "", "", "must be a list of mappings, each beginning with '- '");
            return;
        }
        for (Node item : list.getValue()) {
            if (item instanceof MappingNode mapping) {
                Fields fields = new Fields();
                takeFields(mapping, "", fields);
                rows.add(new Row(file, lineOf(item), fields.columns, fields.values, fields.lines, faults));
            } else {
                fault(lineOf(item), "", "", "must be a mapping of fields to values");
            }
        }
    }

    private static final class Fields {
        private final Map<String, Integer> columns = new HashMap<>();
        private final List<String> values = new ArrayList<>();
        private final List<Long> lines = new ArrayList<>();
    }

    private void takeFields(MappingNode mapping, String outer, Fields fields) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                fault(lineOf(tuple.getKeyNode()), "", "", "a field's name must be a plain word");
            } else if (tuple.getValueNode() instanceof MappingNode inner && outer.isEmpty()) {
                takeFields(inner, key.getValue() + "_", fields);
            } else {
                takeField(outer + key.getValue(), lineOf(key), tuple.getValueNode(), fields);
            }
        }
    }

    private void takeField(String name, long line, Node value, Fields fields) {
        if (!known.contains(name)) {
            fault(line, name, "", noSuchField);
        } else if (!(value instanceof ScalarNode scalar)) {
            fault(line, name, "", "must be a single value");
        } else if (fields.columns.putIfAbsent(name, fields.values.size()) != null) {
            fault(line, name, scalar.getValue(), "stands twice");
        } else {
            fields.values.add(scalar.getTag().equals(Tag.NULL) ? "" : scalar.getValue());
            fields.lines.add(line);
        }
    }

    private static long lineOf(Node node) {
        return node.getStartMark().getLine() + 1L;
    }

    private void fault(long line, String field, String value, String why) {
        faults.add(new Fault(file, line, field, value, why));
    }

    /** The mappings, whole or not. */
    List<Row> rows() {
        return rows;
    }

    /** Every fault found so far; checks of the content add theirs. */
    List<Fault> faults() {
        return faults;
    }
}
