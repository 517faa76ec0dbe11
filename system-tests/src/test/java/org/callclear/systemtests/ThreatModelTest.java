package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.callclear.systemtests.TestSource.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The threat model says of every threat which test shows that it is stopped; here that is checked: the test is there, and
 * it is one that runs. Every arrow of the flow has a row for each letter of STRIDE, or a reason why not.
 */
class ThreatModelTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs").resolve("security.md");
    private static final String LETTERS = "STRIDE";

    /** Where the tables of the threat model begin. */
    private static final String SECTION = "## Threats";

    /** An arrow is: its name, from and to, what goes over it. */
    private static final Pattern ARROW = Pattern.compile("\\| (?<arrow>[A-Z][0-9]+) \\| [^|]+ \\| [^|]+ \\|");

    /** A row is: what is attacked, the letter of STRIDE, the threat, what stops it, tests. */
    private static final Pattern ROW = Pattern.compile(
            "\\| (?<arrow>[A-Z][0-9]+) \\| (?<kind>[STRIDE]) \\| (?<threat>[^|]+) \\| (?<stop>[^|]+) \\| (?<tests>[^|]+) \\|");

    /** Why an arrow has no row of a letter. */
    private static final Pattern NONE =
            Pattern.compile("\\| (?<arrow>[A-Z][0-9]+) (?<kind>[STRIDE]) \\| (?<why>[^|]{20,}) \\|");

    private static final Pattern HEAD = Pattern.compile("\\| (arrow|where) \\| .*|[|-]+");

    private static final Pattern REFERENCE =
            Pattern.compile("`(?<type>[A-Z][A-Za-z0-9]+)(?:#(?<method>[a-z][A-Za-z0-9]+))?`");

    private record Row(String arrow, String kind, String threat, String tests) {
        String at() {
            return arrow + " " + kind;
        }
    }

    @Test
    void everyThreatNamesATestThatRuns() throws IOException {
        Map<String, List<TestSource>> sources = testSources();

        List<String> wrong = new ArrayList<>();
        for (Row row : rows()) {
            Standing surest = Standing.NONE;
            Matcher reference = REFERENCE.matcher(row.tests());
            while (reference.find()) {
                Standing found = standing(
                        sources,
                        reference.group("type"),
                        Optional.ofNullable(reference.group("method")).orElse(""));
                if (found == Standing.NONE) {
                    wrong.add(row.at() + " " + row.threat() + ": no test that runs is " + reference.group());
                }
                surest = found.compareTo(surest) > 0 ? found : surest;
            }
            if (surest != Standing.ALWAYS) {
                wrong.add(row.at() + " " + row.threat() + ": names no test that always runs");
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void everyLineOfATableIsReadAndOnlyTestsStandInTheLastColumn() throws IOException {
        assertThat(table())
                .allMatch(line -> Stream.of(ARROW, ROW, NONE, HEAD)
                        .anyMatch(form -> form.matcher(line).matches()));
        assertThat(rows())
                .allSatisfy(row -> assertThat(row.tests().replaceAll("`[A-Z]\\w+(#[a-z]\\w+)?`", "X"))
                        .as(row.at() + " " + row.threat())
                        .matches("X(, X)*"));
    }

    @Test
    void everyArrowHasEachLetterOrSaysWhyNot() throws IOException {
        Set<String> wanted = new TreeSet<>();
        for (String arrow : arrows()) {
            LETTERS.chars().forEach(letter -> wanted.add(arrow + " " + (char) letter));
        }

        Set<String> told = rows().stream().map(Row::at).collect(Collectors.toCollection(TreeSet::new));
        List<String> excused = matches(NONE)
                .map(none -> none.group("arrow") + " " + none.group("kind"))
                .toList();

        assertThat(arrows()).hasSizeGreaterThan(8);
        assertThat(excused).doesNotHaveDuplicates().doesNotContainAnyElementsOf(told);
        told.addAll(excused);
        assertThat(told).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "always, ALWAYS",
        "ofADependentCase, CONDITIONAL",
        "byAHelper, CONDITIONAL",
        "whereItIsEnabled, CONDITIONAL",
        "switchedOff, NONE",
        "helper, NONE",
        "notThere, NONE",
        "'', ALWAYS"
    })
    void aTestThatDoesNotAlwaysRunIsSeen(String method, Standing standing) {
        assertThat(new TestSource("Sample", SAMPLE).standing(method)).isEqualTo(standing);
    }

    @Test
    void aClassThatDoesNotAlwaysRunIsSeen() {
        assertThat(new TestSource("Sample", SAMPLE.replace("\nclass", "\n@Disabled(\"later\")\nclass"))
                        .standing("always"))
                .isEqualTo(Standing.NONE);
        assertThat(new TestSource("Sample", SAMPLE.replace("\nclass", "\n@EnabledIf(\"x\")\nclass")).standing("always"))
                .isEqualTo(Standing.CONDITIONAL);
        assertThat(new TestSource("Sample", SAMPLE.replace("start();", "assumeTrue(false);")).standing("always"))
                .isEqualTo(Standing.CONDITIONAL);
    }

    private static final String SAMPLE = """
            import org.junit.jupiter.api.Disabled;

            /** Assumes nothing as a class. */
            class Sample {
                @BeforeAll
                static void begin() {
                    start();
                }

                /** Never skipped, whatever the others assume. */
                @ParameterizedTest(name = "{0}")
                @CsvSource({"a", "b"})
                void always(
                        String one, String other) {
                    check();
                }

                @Test
                void ofADependentCase() {
                    assumeTrue(isThere());
                }

                @Test
                void byAHelper() throws Exception {
                    helper();
                }

                @Test
                @EnabledOnOs(OS.LINUX)
                void whereItIsEnabled() {
                    check();
                }

                @Test
                @Disabled
                void switchedOff() {
                    check();
                }

                private static void helper() {
                    assumeThat(thing).isNotNull();
                }
            }
            """;

    private static Standing standing(Map<String, List<TestSource>> sources, String type, String method) {
        return sources.getOrDefault(type, List.of()).stream()
                .map(source -> {
                    Standing own = source.standing(method);
                    Standing run = source.isAbstract() ? runBy(sources, source) : Standing.ALWAYS;
                    return own.compareTo(run) < 0 ? own : run;
                })
                .max(Standing::compareTo)
                .orElse(Standing.NONE);
    }

    /** How sure it is that somebody who extends it runs. */
    private static Standing runBy(Map<String, List<TestSource>> sources, TestSource parent) {
        return sources.values().stream()
                .flatMap(List::stream)
                .filter(source -> source.isOf(parent))
                .map(TestSource::ofClass)
                .max(Standing::compareTo)
                .orElse(Standing.NONE);
    }

    private static List<String> table() throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        return lines.subList(lines.indexOf(SECTION) + 1, lines.size()).stream()
                .filter(line -> line.contains("|"))
                .toList();
    }

    private static Stream<Matcher> matches(Pattern form) throws IOException {
        return table().stream().map(form::matcher).filter(Matcher::matches);
    }

    private static Set<String> arrows() throws IOException {
        return matches(ARROW).map(arrow -> arrow.group("arrow")).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = matches(ROW)
                .map(row -> new Row(row.group("arrow"), row.group("kind"), row.group("threat"), row.group("tests")))
                .toList();
        assertThat(rows).hasSizeGreaterThan(90);
        return rows;
    }

    private static Map<String, List<TestSource>> testSources() throws IOException {
        List<TestSource> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .toList()) {
                Path tests = module.resolve("src").resolve("test").resolve("java");
                if (Files.isDirectory(tests)) {
                    read(tests, sources);
                }
            }
        }
        return sources.stream().collect(Collectors.groupingBy(TestSource::name));
    }

    private static void read(Path folder, List<TestSource> into) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                try {
                    into.add(new TestSource(
                            String.valueOf(file.getFileName()).replace(".java", ""), Files.readString(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException(file.toString(), e);
                }
            });
        }
    }
}
