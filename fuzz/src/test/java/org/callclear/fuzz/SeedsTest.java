package org.callclear.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every seed and every input that once was a finding, through its target: what {@code fuzz/run} begins from. */
class SeedsTest {
    private static final int MOST_FILES = 400;
    private static final long MOST_BYTES = 1 << 20;

    static final Path SEEDS = Path.of(System.getProperty("callclear.seeds", "seeds"));

    @TestFactory
    Stream<DynamicTest> everySeedHoldsWhatItsTargetPromises() {
        return Stream.of(Target.values())
                .flatMap(target -> seeds(target).stream()
                        .map(seed -> dynamicTest(
                                target.folder() + "/" + seed.getFileName(),
                                () -> target.feed(Files.readAllBytes(seed)))));
    }

    @Test
    void everyTargetHasSeedsAndAllOfThemAreFewAndSmall() throws IOException {
        List<Path> all = new ArrayList<>();
        for (Target target : Target.values()) {
            assertThat(seeds(target)).as(target.folder()).hasSizeGreaterThan(2);
            all.addAll(seeds(target));
        }
        long bytes = 0;
        for (Path seed : all) {
            bytes += Files.size(seed);
        }

        assertThat(all).hasSizeLessThan(MOST_FILES);
        assertThat(bytes).isLessThan(MOST_BYTES);
    }

    @Test
    void theScriptKnowsEveryTarget() throws Exception {
        Process script =
                new ProcessBuilder("./run", "list").redirectErrorStream(true).start();
        List<String> listed = script.inputReader(StandardCharsets.UTF_8).lines().toList();

        assertThat(script.waitFor()).as("%s", listed).isZero();
        assertThat(listed)
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactlyElementsOf(
                        Stream.of(Target.values()).map(Target::folder).toList());
        for (String line : listed) {
            Class<?> target = Class.forName(line.substring(line.indexOf(' ') + 1));
            assertThat(target).hasDeclaredMethods("fuzzerTestOneInput");
        }
    }

    private static List<Path> seeds(Target target) {
        try (Stream<Path> files = Files.list(SEEDS.resolve(target.folder()))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
