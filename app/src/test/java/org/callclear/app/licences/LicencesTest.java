package org.callclear.app.licences;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the program is shipped with may be shipped: each part has a licence that we take. The parts of our own process
 * are in the SBOM that the build makes; the schema registry comes as a bundle, whose parts stand in a list of its own and
 * whose licences, by group, in a table beside this test.
 */
class LicencesTest {
    private static final Path PROGRAM = Path.of("target", "callclear");
    private static final Path REGISTRY = PROGRAM.resolve("registry");

    /** What is asked of a part: one of these must be on offer. The second line has licences of the same kind without an SPDX name. */
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

    private record Line(String group, String licence) {}

    @Test
    void everyPartOfTheProgramHasALicenceThatWeTake() throws IOException {
        JsonNode components = new ObjectMapper()
                .readTree(PROGRAM.resolve("sbom.json").toFile())
                .path("components");

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
    void theSbomNamesEveryJarOfTheProgram() throws IOException {
        JsonNode components = new ObjectMapper()
                .readTree(PROGRAM.resolve("sbom.json").toFile())
                .path("components");
        List<String> known = new ArrayList<>();
        components.forEach(component -> known.add(component.path("name").asText() + "-"
                + component.path("version").asText()));

        List<String> onTheClassPath = Stream.of(
                        System.getProperty("java.class.path").split(":"))
                .map(entry -> String.valueOf(Path.of(entry).getFileName()))
                .filter(name -> name.startsWith("kafka-server-")
                        || name.startsWith("bcprov-")
                        || name.startsWith("netty-handler-"))
                .map(name -> name.replaceAll("\\.jar$", ""))
                .toList();

        assertThat(onTheClassPath).hasSizeGreaterThanOrEqualTo(3);
        assertThat(known).containsAll(onTheClassPath);
    }

    @Test
    void everyPartOfTheRegistryHasALicenceThatWeTake() throws IOException {
        List<Line> table = table();

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
        try (Stream<Path> files = Files.walk(REGISTRY.resolve("lib"))) {
            List<String> jars = files.filter(file -> file.toString().endsWith(".jar") && !isEmpty(file))
                    .map(file -> String.valueOf(file.getFileName()))
                    .toList();
            assertThat(jars).hasSizeGreaterThan(400);
            return jars;
        }
    }

    /** Nothing but a manifest: it stands for a jar that is not shipped. */
    private static boolean isEmpty(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().allMatch(entry -> entry.getName().startsWith("META-INF/"));
        } catch (IOException e) {
            throw new UncheckedIOException(jar.toString(), e);
        }
    }

    private static List<Line> table() throws IOException {
        try (InputStream in = LicencesTest.class.getResourceAsStream("/licences/registry.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> new Line(line.substring(0, line.indexOf(',')), line.substring(line.indexOf(',') + 1)))
                    .toList();
        }
    }
}
