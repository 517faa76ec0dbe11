package org.callclear.app.rerating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.app.rerating.Settled.BEGIN;
import static org.callclear.app.rerating.Settled.END;
import static org.callclear.app.rerating.Settled.NOON;
import static org.callclear.app.rerating.Settled.call;
import static org.callclear.app.rerating.Settled.contract;
import static org.callclear.app.rerating.Settled.deck;

import java.util.List;
import java.util.stream.Stream;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RerateRunTest {
    private static final RerateRun RUN = new RerateRun("r1", "finance", "the deck was wrong", NOON);
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    @Test
    void aRunIsNumberedInOrderOfTime() {
        List<RerateCall> commands = RUN.commands(rerating(), List.of());

        assertThat(commands).extracting(RerateCall::getCommandId).containsExactly("r1-1", "r1-2", "r1-3", "r1-4");
        assertThat(commands)
                .extracting(RerateCall::getCallId)
                .containsExactlyElementsOf(
                        NAMES.stream().map(name -> call(name).callId()).toList());
        assertThat(commands).allSatisfy(command -> {
            assertThat(command.getRunId()).isEqualTo("r1");
            assertThat(command.getSide()).isEqualTo(Role.ORIGINATING);
            assertThat(command.getTerms().getDeckRevision()).isEqualTo(2);
            assertThat(command.getTerms().getRatePerMinute()).isEqualByComparingTo("0.009");
            assertThat(command.getReason()).isEqualTo("the deck was wrong");
        });
    }

    @Test
    void aRunThatEndedHalfWayGoesOnBehindWhatItWrote() {
        List<RerateCall> whole = RUN.commands(rerating(), List.of());
        List<RerateCall> written = List.of(whole.get(0), whole.get(2));

        List<RerateCall> rest = RUN.commands(rerating(), written);

        assertThat(rest).extracting(RerateCall::getCommandId).containsExactly("r1-4", "r1-5");
        assertThat(Stream.concat(written.stream(), rest.stream()))
                .extracting(RerateCall::getCallId)
                .containsExactlyInAnyOrderElementsOf(
                        whole.stream().map(RerateCall::getCallId).toList());
    }

    @Test
    void aRunThatWroteAllWritesNothingMore() {
        assertThat(RUN.commands(rerating(), RUN.commands(rerating(), List.of())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"r1, true", "0198f1aa-5e5c-7000-8000-000000000000, true", "a b, false", "a/b, false", "'', false"})
    void aRunIsNamedByAPlainWord(String id, boolean fine) {
        assertThat(RerateRun.isId(id)).isEqualTo(fine);
        assertThat(RerateRun.isId("x".repeat(49))).isFalse();
    }

    private static Rerating rerating() {
        Scope scope = new Scope(contract(Role.ORIGINATING, 1), deck(2, "49", "0.009"), BEGIN, END, false);
        return Rerating.of(
                NAMES.stream()
                        .map(name -> call(name)
                                .at(NOON.plusSeconds(NAMES.indexOf(name)))
                                .found())
                        .toList(),
                scope);
    }
}
