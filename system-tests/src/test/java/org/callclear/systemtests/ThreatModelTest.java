package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The threat model says of every threat which test shows that it is stopped; here that is checked: the test is there, and
 * it is one that runs. Every arrow of the flow has its rows, and every kind of STRIDE comes up.
 */
class ThreatModelTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs").resolve("security.md");

    /** A row is: what is attacked, the letter of STRIDE, the threat, what stops it, tests. */
    private static final Pattern ROW = Pattern.compile(
            "^\\| (?<arrow>[A-Z][0-9]*) \\| (?<kind>[STRIDE]) \\| (?<threat>[^|]+) \\| (?<stop>[^|]+) \\| (?<tests>[^|]+) \\|$");

    private static final Pattern REFERENCE =
            Pattern.compile("`(?<type>[A-Z][A-Za-z0-9]+)(?:#(?<method>[a-z][A-Za-z0-9]+))?`");

    private record Row(String arrow, String kind, String threat, String tests) {}

    @Test
    void everyThreatNamesATestThatRuns() throws IOException {
        Map<String, String> sources = testSources();

        List<String> wrong = new ArrayList<>();
        for (Row row : rows()) {
            Matcher reference = REFERENCE.matcher(row.tests());
            boolean any = false;
            while (reference.find()) {
                any = true;
                String source = sources.get(reference.group("type"));
                if (source == null || !runs(source, reference.group("method"))) {
                    wrong.add(row.arrow() + " " + row.kind() + " " + row.threat() + ": no test " + reference.group());
                }
            }
            if (!any) {
                wrong.add(row.arrow() + " " + row.kind() + " " + row.threat() + ": names no test");
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void everyArrowOfTheFlowIsLookedAt() throws IOException {
        Set<String> arrows = new LinkedHashSet<>();
        Matcher arrow = Pattern.compile("(?m)^\\| (?<arrow>[A-Z][0-9]*) \\| [^|]+ \\| [^|]+ \\|$")
                .matcher(Files.readString(PAGE));
        while (arrow.find()) {
            arrows.add(arrow.group("arrow"));
        }

        assertThat(arrows).hasSizeGreaterThan(8);
        assertThat(rows().stream().map(Row::arrow)).containsAll(arrows);
        assertThat(arrows).containsAll(rows().stream().map(Row::arrow).toList());
        assertThat(rows().stream().map(Row::kind)).contains("S", "T", "R", "I", "D", "E");
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(new Row(row.group("arrow"), row.group("kind"), row.group("threat"), row.group("tests")));
            }
        }
        assertThat(rows).hasSizeGreaterThan(30);
        return rows;
    }

    /** A method is a test when an annotation of JUnit's stands above it; a class alone, when it has one such method. */
    private static boolean runs(String source, @Nullable String method) {
        String name = method == null ? "[a-z][A-Za-z0-9]*" : Pattern.quote(method);
        return Pattern.compile(
                        "@(Test|ParameterizedTest|RepeatedTest|TestFactory|FuzzTest)\\b(?:(?!void |Stream<DynamicTest> ).)*?(?:void|Stream<DynamicTest>) "
                                + name + "\\(",
                        Pattern.DOTALL)
                .matcher(source)
                .find();
    }

    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .toList()) {
                Path tests = module.resolve("src").resolve("test").resolve("java");
                if (Files.isDirectory(tests)) {
                    read(tests, sources);
                }
            }
        }
        return sources;
    }

    private static void read(Path folder, Map<String, String> into) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                try {
                    into.merge(
                            String.valueOf(file.getFileName()).replace(".java", ""),
                            Files.readString(file),
                            String::concat);
                } catch (IOException e) {
                    throw new UncheckedIOException(file.toString(), e);
                }
            });
        }
    }
}
