package org.callclear.app.licences;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the program is shipped with may be shipped: each part has a licence that we take. The parts of our own process
 * are in the SBOM that the build makes; what that cannot name stands in tables beside this test: the schema registry, a
 * bundle, with the licences of its parts by group, and what is unzipped into our own jar of the registry's client.
 */
class LicencesTest {
    private static final Path PROGRAM = Path.of("target", "callclear");
    private static final Path REGISTRY = PROGRAM.resolve("registry");

    /** The class path that {@code lib/} is filled from; the build writes it. */
    private static final Path SHIPPED = Path.of("target", "shipped");

    /** Not there when the client is a part with coordinates ({@code -Dconfluent}). */
    private static final Path UNZIPPED = Path.of("..", "registry-client", "target", "zip");

    /** What is asked of a part: one of these must be on offer. The last four have no SPDX name here, or one of an older form. */
    private static final Set<String> TAKEN = Set.of(
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "EPL-1.0",
            "EPL-2.0",
            "CC0-1.0",
            "Unicode-3.0",
            "Bouncy Castle Licence",
            "Go License",
            "Public Domain",
            "CPL-1.0");

    private static final String UNZIPPED_PARTS = "registry-client.csv";

    private static final Pattern CLASSIFIER = Pattern.compile("[?&]classifier=(?<value>[^&]+)");

    private record Line(String group, String licence) {}

    @Test
    void everyPartOfTheProgramHasALicenceThatWeTake() throws IOException {
        JsonNode components = components();

        List<String> refused = new ArrayList<>();
        for (JsonNode component : components) {
            if (offered(component).noneMatch(TAKEN::contains)) {
                refused.add(component.path("group").asText() + ":"
                        + component.path("name").asText() + " "
                        + offered(component).toList());
            }
        }

        assertThat(components.size()).isGreaterThan(50);
        assertThat(refused).isEmpty();
    }

    private static Stream<String> offered(JsonNode component) {
        List<String> licences = new ArrayList<>();
        for (JsonNode choice : component.path("licenses")) {
            JsonNode licence = choice.path("license");
            String text = licence.path("id").asText(licence.path("name").asText());
            licences.addAll(choices(text.isEmpty() ? choice.path("expression").asText() : text));
        }
        return licences.stream();
    }

    private static List<String> choices(String expression) {
        return List.of(expression.split(" OR "));
    }

    @Test
    void theSbomNamesEveryJarOfTheProgramAndNothingElse() throws IOException {
        Set<String> named = new TreeSet<>();
        components().forEach(component -> named.add(jar(component)));

        Set<String> shipped = new TreeSet<>();
        for (String entry : Files.readString(SHIPPED).strip().split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            shipped.add(path.endsWith(Path.of("target", "classes")) ? ours(path, named) : name(path));
        }

        assertThat(shipped).hasSizeGreaterThan(50);
        assertThat(named).containsExactlyElementsOf(shipped);
    }

    private static JsonNode components() throws IOException {
        return new ObjectMapper()
                .readTree(PROGRAM.resolve("sbom.json").toFile())
                .path("components");
    }

    /** As Maven names the file of a part. */
    private static String jar(JsonNode component) {
        Matcher classifier = CLASSIFIER.matcher(component.path("purl").asText());
        return component.path("name").asText() + "-" + component.path("version").asText()
                + (classifier.find() ? "-" + classifier.group("value") : "") + ".jar";
    }

    /** A module of ours that is not packaged yet: a folder, which tells no version. */
    private static String ours(Path classes, Set<String> named) {
        String module = classes.getName(classes.getNameCount() - 3).toString(); // module/target/classes
        return named.stream()
                .filter(jar -> jar.matches(Pattern.quote(module) + "-[0-9].*"))
                .findFirst()
                .orElse(module);
    }

    private static String name(Path jar) {
        return String.valueOf(jar.getFileName());
    }

    @Test
    void whatIsUnzippedIntoAJarOfOursStandsInTheTableWithALicenceThatWeTake() throws IOException {
        List<String> parts = jarsIn(UNZIPPED).map(LicencesTest::name).sorted().toList();

        if (parts.isEmpty()) {
            assertThat(components())
                    .anyMatch(component -> component.path("group").asText().equals("io.confluent"));
        } else {
            assertThat(parts)
                    .containsExactlyElementsOf(table(UNZIPPED_PARTS).stream()
                            .map(Line::group)
                            .sorted()
                            .toList());
        }
        assertThat(table(UNZIPPED_PARTS))
                .allMatch(line -> choices(line.licence()).stream().anyMatch(TAKEN::contains));
    }

    @Test
    void everyPartOfTheRegistryHasALicenceThatWeTake() throws IOException {
        List<Line> table = table("registry.csv");

        List<String> refused = new ArrayList<>();
        for (String jar : jarsOfRegistry()) {
            Optional<Line> line = table.stream()
                    .filter(one -> jar.startsWith(one.group() + "."))
                    .max(Comparator.comparingInt(one -> one.group().length()));
            if (line.isEmpty() || choices(line.get().licence()).stream().noneMatch(TAKEN::contains)) {
                refused.add(jar + " " + line.map(Line::licence).orElse("is in no group of the table"));
            }
        }

        assertThat(refused).isEmpty();
    }

    private static List<String> jarsOfRegistry() throws IOException {
        List<String> jars = jarsIn(REGISTRY.resolve("lib"))
                .filter(file -> !isEmpty(file))
                .map(LicencesTest::name)
                .toList();
        assertThat(jars).hasSizeGreaterThan(400);
        return jars;
    }

    private static Stream<Path> jarsIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList().stream();
        }
    }

    /** Nothing but a manifest: it stands for a jar that is not shipped. */
    private static boolean isEmpty(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .allMatch(entry -> entry.isDirectory() || entry.getName().equals(JarFile.MANIFEST_NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(jar.toString(), e);
        }
    }

    private static List<Line> table(String name) throws IOException {
        try (InputStream in = LicencesTest.class.getResourceAsStream("/licences/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> new Line(line.substring(0, line.indexOf(',')), line.substring(line.indexOf(',') + 1)))
                    .toList();
        }
    }
}
