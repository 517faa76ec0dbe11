package org.callclear.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.callclear.proxy.CallCounters.Refusal;
import org.callclear.proxy.CallCounters.Stage;
import org.callclear.proxy.call.AttemptReport;
import org.callclear.proxy.call.CallEvent;
import org.callclear.proxy.call.Outcome;
import org.callclear.schemas.call.CallId;
import org.callclear.sip.call.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SwitchboardTest {
    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void aCallGoesThroughAndIsReportedAndLeavesNothingBehind() {
        try (Board board = board(new FakeExchange(FakeExchange.answering()))) {
            FakeCaller alice = board.calls(FakeCaller.alice());
            alice.does().confirmed();
            board.time.pass(Duration.ofSeconds(61));
            alice.does().ended(Cause.NORMAL);

            assertThat(alice.heard).containsExactly("180", "200 v=0 answer");
            assertThat(board.exchange.said).containsExactly("ask", "set-up gw-1 token-1", "release gw-1 by CALLER");
            assertThat(board.exchange.reports)
                    .singleElement()
                    .satisfies(report -> assertThat(
                                    Duration.between(report.attempt().answeredAt(), report.endedAt()))
                            .isEqualTo(Duration.ofSeconds(61)));
            assertThat(board.time.armed()).isZero();
            assertThat(board.journal.open()).isEmpty();
            assertThat(board.journal.unsent()).isEmpty();
            assertThat(board.switchboard.open()).isZero();
        }
    }

    @Test
    void theNextGatewayIsTriedWithItsOwnToken() {
        try (Board board =
                board(new FakeExchange(FakeExchange.failing(503), FakeExchange.silent(), FakeExchange.answering()))) {
            FakeCaller alice = board.calls(FakeCaller.alice());
            board.time.pass(Duration.ofSeconds(5));

            assertThat(board.exchange.said)
                    .containsExactly(
                            "ask", "set-up gw-1 token-1", "set-up gw-2 token-2", "cancel gw-2", "set-up gw-3 token-3");
            assertThat(alice.heard).containsExactly("180", "200 v=0 answer");
            CallCounters.Snapshot counts = board.counters.snapshot(1);
            assertThat(counts.attempts()).isEqualTo(3);
            assertThat(counts.hunts()).isEqualTo(2);
        }
    }

    @Test
    void aDeadClearinghouseIsAskedAgainAndTheCallerHears503WithinTheTimeOut() {
        FakeExchange exchange = new FakeExchange(FakeExchange.answering());
        exchange.clearinghouseAnswers = false;
        try (Board board = board(exchange)) {
            FakeCaller alice = board.calls(FakeCaller.alice());
            board.time.pass(Duration.ofMillis(5999));
            assertThat(alice.heard).isEmpty();
            board.time.pass(Duration.ofMillis(1));

            assertThat(alice.heard).containsExactly("503 q850 41 retry");
            assertThat(exchange.asked).hasSize(3).containsOnly(exchange.asked.getFirst());
            CallId call = exchange.asked.getFirst().id();
            board.switchboard.heard(call, exchange.grant(call));
            assertThat(exchange.said).containsExactly("ask", "ask", "ask");
            assertThat(exchange.reports)
                    .extracting(report -> report.attempt().leg())
                    .containsExactly(0);
            assertThat(board.time.armed()).isZero();
        }
    }

    @Test
    void aClearinghouseThatComesBackInTimeStillConnectsTheCall() {
        FakeExchange exchange = new FakeExchange(FakeExchange.answering());
        exchange.clearinghouseAnswers = false;
        try (Board board = board(exchange)) {
            FakeCaller alice = board.calls(FakeCaller.alice());
            board.time.pass(Duration.ofSeconds(3));
            exchange.clearinghouseAnswers = true;
            board.time.pass(Duration.ofSeconds(1));

            assertThat(alice.heard).containsExactly("180", "200 v=0 answer");
        }
    }

    @Test
    void setUpsThatKafkaDoesNotTakeEndIn503() {
        FakeExchange exchange = new FakeExchange(FakeExchange.answering(), FakeExchange.answering());
        exchange.kafkaTakesSetups = false;
        try (Board board = board(exchange)) {
            FakeCaller alice = board.calls(FakeCaller.alice());

            assertThat(alice.heard).containsExactly("503 q850 41 retry");
            assertThat(exchange.said).contains("cancel gw-1", "cancel gw-2");
        }
    }

    @Test
    void aCancelDuringRingingReachesTheGateway() {
        try (Board board = board(new FakeExchange(FakeExchange.ringing()))) {
            FakeCaller alice = board.calls(FakeCaller.alice());
            alice.does().cancelled();

            assertThat(board.exchange.said).endsWith("cancel gw-1");
            assertThat(board.exchange.reports).extracting(AttemptReport::status).containsExactly(487);
            assertThat(board.counters.snapshot(0).calls().get(Outcome.CANCELLED))
                    .isEqualTo(1);
        }
    }

    @Test
    void aGatewayThatAnswersAfterTheEndIsReleasedAsLongAsTheCallIsRemembered() {
        try (Board board = board(new FakeExchange(FakeExchange.ringing()))) {
            FakeCaller alice = board.calls(FakeCaller.alice());
            alice.does().cancelled();
            CallId call = board.exchange.asked.getFirst().id();
            CallEvent late = new CallEvent.Answered(FakeExchange.tx(call, 1), FakeExchange.ANSWER);
            board.switchboard.heard(call, late);
            assertThat(board.exchange.said).endsWith("cancel gw-1", "release gw-1 by PROXY");

            board.time.pass(Switchboard.REMEMBERED);
            board.switchboard.forget();

            assertThat(board.switchboard.known()).isZero();
        }
    }

    @ParameterizedTest(name = "{0} with From {1} dials {2}: {3}")
    @CsvSource({
        "alice, alice, bob, 404 q850 28",
        "alice, alice, 112, 484 q850 28",
        "bob, bob, +442079460001, 403 q850 21",
        "mallory, +15550100001, +442079460001, 403 q850 21",
    })
    void whatCannotBeAskedIsRefusedAtOnce(String user, String from, String dialled, String heard) {
        try (Board board = board(new FakeExchange(FakeExchange.answering()))) {
            FakeCaller caller = board.calls(new FakeCaller(user, from, dialled));

            assertThat(caller.heard).containsExactly(heard);
            assertThat(board.exchange.said).isEmpty();
            assertThat(board.switchboard.known()).isZero();
        }
    }

    @Test
    void aCallBeyondTheMostHears503AndThePlaceIsFreeAgainAfterwards() {
        try (Board board = new Board(directory, new FakeExchange(FakeExchange.ringing()), 2)) {
            FakeCaller first = board.calls(FakeCaller.alice());
            board.calls(FakeCaller.alice());
            FakeCaller third = board.calls(FakeCaller.alice());
            assertThat(third.heard).containsExactly("503 q850 34 retry");
            assertThat(board.counters.snapshot(2).refused().get(Refusal.OVERLOAD))
                    .isEqualTo(1);
            first.does().cancelled();

            assertThat(board.calls(FakeCaller.alice()).heard).containsExactly("180");
        }
    }

    @Test
    void whileTheClearinghouseIsBehindNewCallsHear503AndGoOnOnceItHasCaughtUp() {
        FakeExchange exchange = new FakeExchange(FakeExchange.ringing());
        exchange.clearinghouseAnswers = false;
        try (Board board = board(exchange)) {
            for (int call = 0; call < Backlog.ALWAYS + 2; call++) {
                assertThat(board.calls(FakeCaller.alice()).heard).isEmpty();
            }
            board.time.pass(Duration.ofMillis(1001));
            assertThat(board.calls(FakeCaller.alice()).heard)
                    .as("nothing answered: it may be gone in part")
                    .isEmpty();

            decide(exchange, 0);
            assertThat(board.calls(FakeCaller.alice()).heard).containsExactly("503 q850 34 retry");
            decide(exchange, 1);
            decide(exchange, 2);
            exchange.clearinghouseAnswers = true;
            decide(exchange, 3);
            assertThat(board.calls(FakeCaller.alice()).heard)
                    .as("few wait now, and this call may find out")
                    .containsExactly("180");
            assertThat(board.counters.snapshot(0).refused().get(Refusal.OVERLOAD))
                    .isEqualTo(1);
        }
    }

    @Test
    void aDecisionForACallThatWasGivenUpAlsoSaysThatTheClearinghouseIsBehind() {
        FakeExchange exchange = new FakeExchange(FakeExchange.ringing());
        exchange.clearinghouseAnswers = false;
        try (Board board = board(exchange)) {
            board.calls(FakeCaller.alice()).does().cancelled();
            board.time.pass(Duration.ofMillis(1001));
            for (int call = 0; call < Backlog.ALWAYS; call++) {
                board.calls(FakeCaller.alice());
            }

            decide(exchange, 0);

            assertThat(board.calls(FakeCaller.alice()).heard).containsExactly("503 q850 34 retry");
            decide(exchange, Backlog.ALWAYS);
            assertThat(board.calls(FakeCaller.alice()).heard).isEmpty();
        }
    }

    @Test
    void aDecisionThatIsRepeatedSaysNothingOfHowLongDecisionsTake() {
        FakeExchange exchange = new FakeExchange(FakeExchange.ringing());
        try (Board board = board(exchange)) {
            board.calls(FakeCaller.alice());
            exchange.clearinghouseAnswers = false;
            board.time.pass(Duration.ofMillis(1001));
            for (int call = 0; call < Backlog.ALWAYS; call++) {
                board.calls(FakeCaller.alice());
            }

            decide(exchange, 0);

            assertThat(board.calls(FakeCaller.alice()).heard).isEmpty();
        }
    }

    private static void decide(FakeExchange exchange, int call) {
        CallId id = exchange.asked.get(call).id();
        exchange.hearing.heard(id, exchange.grant(id));
    }

    @Test
    void aShutdownHangsUpAndReportsEveryCall() {
        try (Board board = board(new FakeExchange(FakeExchange.answering()))) {
            FakeCaller talking = board.calls(FakeCaller.alice());
            board.exchange.clearinghouseAnswers = false;
            FakeCaller waiting = board.calls(FakeCaller.alice());

            board.switchboard.drain();

            assertThat(talking.heard).endsWith("BYE q850 41");
            assertThat(waiting.heard).containsExactly("503 q850 41 retry");
            assertThat(board.calls(FakeCaller.alice()).heard).containsExactly("503 q850 41 retry");
            assertThat(board.exchange.reports).hasSize(2);
            assertThat(board.time.armed()).isZero();
        }
    }

    @Test
    void aReportThatKafkaDoesNotTakeIsSentAgainUntilItDoes() {
        FakeExchange exchange = new FakeExchange(FakeExchange.failing(486));
        exchange.kafkaTakesReports = false;
        try (Board board = board(exchange)) {
            board.calls(FakeCaller.alice());
            board.reports.retry();
            assertThat(board.journal.unsent()).hasSize(1);
            exchange.kafkaTakesReports = true;
            board.reports.retry();

            assertThat(exchange.reports).extracting(AttemptReport::status).containsExactly(486);
            assertThat(board.journal.unsent()).isEmpty();
        }
    }

    @Test
    void theNextStartReportsAndReleasesWhatAKillCutOff() {
        try (Board killed = board(new FakeExchange(FakeExchange.answering()))) {
            killed.calls(FakeCaller.alice()).does().confirmed();
            killed.exchange.kafkaTakesReports = false;
            killed.calls(FakeCaller.alice()).does().ended(Cause.NORMAL);
            killed.time.pass(Duration.ofSeconds(30));
            killed.journal.alive(killed.time.instant());
        }

        FakeExchange exchange = new FakeExchange();
        try (Board next = board(exchange)) {
            next.time.pass(Duration.ofMinutes(5));
            new Recovery(next.journal, exchange, next.reports).run(next.time.instant());

            assertThat(exchange.reports).hasSize(2).allMatch(report -> report.status() == 200);
            assertThat(exchange.reports.getLast().endedAt())
                    .isEqualTo(exchange.reports.getLast().attempt().setupAt().plusSeconds(30));
            assertThat(exchange.said).containsExactly("release gw-1 by PROXY");
            assertThat(next.journal.open()).isEmpty();
            assertThat(next.journal.unsent()).isEmpty();
        }
    }

    @Test
    void stagesAreMeasured() {
        try (Board board = board(new FakeExchange(FakeExchange.ringing()))) {
            board.calls(FakeCaller.alice());
            CallId call = board.exchange.asked.getFirst().id();
            board.time.pass(Duration.ofMillis(700));
            board.switchboard.heard(call, new CallEvent.Answered(FakeExchange.tx(call, 1), FakeExchange.ANSWER));

            CallCounters.Snapshot counts = board.counters.snapshot(1);
            assertThat(counts.took(Stage.ANSWER).total()).isEqualTo(Duration.ofMillis(700));
            assertThat(counts.took(Stage.ANSWER).percentile(50)).isEqualTo(Duration.ofMillis(1024));
            assertThat(counts.took(Stage.AUTHORIZATION).count()).isEqualTo(1);
        }
    }

    private Board board(FakeExchange exchange) {
        return new Board(directory, exchange, 100);
    }
}
