package org.callclear.app.logview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.callclear.app.logview.LogViewGround.Typed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a search for a call prints, what it says that it left out, and what it ends with. */
@Tag("broker")
class TopicsGrepOnKafkaTest {
    private static final String CALL = LogViewGround.CALL;
    private static final String NOBODYS = "019ab0aa-5c00-7000-8000-00000000dead";

    @TempDir
    static Path folder;

    private static LogViewGround ground;

    @BeforeAll
    static void start() throws Exception {
        ground = LogViewGround.start(folder);
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    private static Typed run(String party, String... args) throws IOException {
        return ground.run(party, args);
    }

    @Test
    void grepPrintsWhatTheNamedTopicsSayOfTheCall() throws Exception {
        Typed all = run("operations", "topics", "grep", CALL);
        Typed some = run("operations", "topics", "grep", CALL, "carrier.*.cdrs", "postings");

        assertThat(all.code()).as(all.err()).isZero();
        assertThat(all.lines()).hasSize(14);
        assertThat(all.err().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("carrier.<id>.authorization-responses"))
                .anyMatch(line -> line.contains("gateway.<id>.setup-requests"));
        assertThat(some.code()).as(some.err()).isZero();
        assertThat(some.err()).isEmpty();
        assertThat(some.lines())
                .extracting(record -> record.path("topic").asText())
                .containsExactlyInAnyOrder("carrier.acme.cdrs", "carrier.zenith.cdrs", "postings", "carrier.acme.cdrs");
        assertThat(some.out()).doesNotContain(MadeUpLog.CALLED);
        assertThat(some.lines().getFirst().at("/value/called").asText()).isEqualTo("4930******");
    }

    /** Nothing found in what is closed does not mean that there is nothing. */
    @ParameterizedTest
    @CsvSource({
        "operations,     carrier.acme.*,                 carrier.<id>.authorization-responses",
        "carrier.acme,   carrier.*.cdrs,                 may read only carrier.acme.cdrs",
        "administration, positions,                      positions: its records name no call",
        "administration, command-outcomes,               command-outcomes: searched only along with commands",
        "audit,          *,                              commands (",
    })
    void grepNamesWhatItCouldNotSearchAndEndsWithACodeOfItsOwn(String party, String pattern, String named)
            throws Exception {
        Typed found = run(party, "topics", "grep", CALL, pattern);
        Typed nothing = run(party, "topics", "grep", NOBODYS, pattern);

        assertThat(found.code()).as(found.err()).isEqualTo(3);
        assertThat(found.err()).contains(named);
        assertThat(nothing.code()).as(nothing.err()).isEqualTo(3);
        assertThat(nothing.out()).isEmpty();
        assertThat(nothing.err()).contains(named, NOBODYS);
    }

    @ParameterizedTest
    @CsvSource({
        "operations,     carrier.*.cdrs",
        "carrier.acme,   carrier.acme.cdrs",
        "administration, settlement-journal",
    })
    void grepThatSearchedAllThatWasAskedForIsDone(String party, String pattern) throws Exception {
        Typed found = run(party, "topics", "grep", CALL, pattern);
        Typed nothing = run(party, "topics", "grep", NOBODYS, pattern);

        assertThat(found.code()).as(found.err()).isZero();
        assertThat(found.err()).isEmpty();
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.err().lines()).singleElement().asString().contains(NOBODYS);
    }
}
