package org.callclear.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code bin/callclear} gives the Java program: a script stands in the place of Java, and says what it was given. */
class LauncherTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use(\\w+)GC");
    private static final long PATIENCE_SECONDS = 60;
    private static final String COMPACT_HEADERS = "-XX:+UseCompactObjectHeaders";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    @BeforeEach
    void install() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.copy(ROOT.resolve("bin/callclear"), bin.resolve("callclear"), StandardCopyOption.COPY_ATTRIBUTES);
        Path library = Files.createDirectories(folder.resolve("app/target/callclear/lib"));
        Files.createFile(library.resolve("app-1.jar"));
    }

    @ParameterizedTest
    @CsvSource({
        "up, `up`, G1",
        "demo, `demo`, G1",
        "clearinghouse, `clearinghouse`, G1",
        "proxy, `proxy`, G1",
        "gateway, `gateway`, G1",
        "pstn, `pstn`, G1",
        "settlement, `settlement`, Parallel",
        "keys, all other commands, Serial"
    })
    void aCommandGetsWhatOperatingSays(String command, String row, String collector) throws Exception {
        List<String> given = given(25, command, "");

        assertThat(collectors(given)).containsExactly(collector);
        assertThat(given.stream().filter(LauncherTest::isOnThePage)).containsExactlyInAnyOrderElementsOf(told(row));
    }

    @ParameterizedTest
    @CsvSource({"up, 21", "up, 24", "settlement, 21"})
    void headersAreNotCompactWhereJavaDoesNotHaveThat(String command, int version) throws Exception {
        assertThat(given(version, command, "")).isNotEmpty().doesNotContain(COMPACT_HEADERS);
    }

    @Test
    void anotherCollectorComesWithoutTheUsualOnesOptions() throws Exception {
        List<String> given = given(25, "up", "-Xmx3g -XX:+UseZGC");

        assertThat(collectors(given)).containsExactly("Z");
        assertThat(given)
                .contains(COMPACT_HEADERS)
                .containsSubsequence("-Xmx2g", "-Xmx3g")
                .noneMatch(option -> option.contains("Pause") || option.contains("NewSize") || option.contains("G1"));
    }

    @Test
    void whatThePersonTypedComesLast() throws Exception {
        assertThat(given(21, "keys", "-Xmx1g")).endsWith("-Xmx1g", "-cp", jar(), "org.callclear.app.Main", "keys");
    }

    /** The options of the row of the page that has this in its first cell. */
    private static List<String> told(String row) throws IOException {
        return Files.readAllLines(ROOT.resolve("docs").resolve("operating.md")).stream()
                .dropWhile(line -> !line.equals("## Collector and flags"))
                .filter(line -> line.startsWith("| ") && !line.startsWith("| the schema registry"))
                .map(line -> line.split("\\|", 3))
                .filter(cells -> cells[1].contains(row))
                .findFirst()
                .map(cells -> QUOTED.matcher(cells[2])
                        .results()
                        .map(MatchResult::group)
                        .flatMap(quoted -> Arrays.stream(quoted.replace("`", "").split(" ")))
                        .toList())
                .orElseThrow();
    }

    /** The page has a word for the collector and for the archive of classes, not their options. */
    private static boolean isOnThePage(String option) {
        return option.startsWith("-X")
                && !COLLECTOR.matcher(option).matches()
                && !option.contains("SharedArchive")
                && !option.startsWith("-Xlog:");
    }

    private static List<String> collectors(List<String> given) {
        return given.stream()
                .map(COLLECTOR::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .toList();
    }

    private List<String> given(int version, String command, String options) throws Exception {
        Path said = folder.resolve("said");
        ProcessBuilder launcher = new ProcessBuilder(
                        folder.resolve("bin/callclear").toString(), command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        launcher.environment().put("JAVA_HOME", java(version).toString());
        launcher.environment().put("CALLCLEAR_JAVA_OPTS", options);
        Process started = launcher.start();
        assertThat(started.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(started.exitValue()).isZero();
        return Files.readAllLines(said);
    }

    private String jar() throws IOException {
        return folder.toRealPath().resolve("app/target/callclear/lib/app-1.jar").toString();
    }

    private Path java(int version) throws IOException {
        Path home = folder.resolve("java-" + version);
        Path bin = Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
        Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        return home;
    }
}
