package org.callclear.app.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveShowTest {
    private final LoggedMonths log = new LoggedMonths(8, 12);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    @BeforeEach
    void export() {
        log.export(LoggedMonths.OCTOBER, folder.resolve("archives"), folder.resolve("keys.json"));
    }

    private NumberKeys keys() {
        return NumberKeys.read(folder.resolve("keys.json"));
    }

    private List<JsonNode> shown(@Nullable NumberKeys with, boolean masked) {
        List<JsonNode> lines = new ArrayList<>();
        new ArchiveShow(folder.resolve("archives"), with, masked).period(LoggedMonths.OCTOBER, "", "", lines::add);
        return lines;
    }

    @Test
    void theSaltsOfBarriersAreNeverShown() {
        for (List<JsonNode> lines : List.of(shown(null, true), shown(keys(), true), shown(keys(), false))) {
            assertThat(lines.toString()).contains("PeriodBarrier").doesNotContain(LoggedMonths.SALT);
            assertThat(lines)
                    .anySatisfy(line ->
                            assertThat(line.at("/value/salt/bytes").asInt()).isEqualTo(32));
        }
    }

    @Test
    void whatPeopleAndHeadersSayIsMaskedUnlessNumbersAreAskedFor() {
        for (List<JsonNode> lines : List.of(shown(null, true), shown(null, false), shown(keys(), true))) {
            assertThat(lines.toString())
                    .contains("the talk times differ", "\"note\"", "from 4930*********")
                    .doesNotContain(LoggedMonths.FREE_NUMBER);
        }
        assertThat(shown(keys(), false).toString())
                .contains("ask +" + LoggedMonths.FREE_NUMBER, "from " + LoggedMonths.FREE_NUMBER);
    }

    @Test
    void aDigestThatAllNumbersCouldBeTriedAgainstIsNeverShown() {
        for (boolean masked : new boolean[] {true, false}) {
            assertThat(shown(keys(), masked))
                    .anySatisfy(line ->
                            assertThat(line.at("/value/requestDigest").asText()).isEqualTo("(hidden)"));
        }
    }

    @Test
    void withoutKeysANumberIsItsCiphertext() {
        assertThat(shown(null, true))
                .anySatisfy(line -> assertThat(line.at("/value/called").asText())
                        .startsWith("~1.")
                        .doesNotContain("*"));
    }
}
