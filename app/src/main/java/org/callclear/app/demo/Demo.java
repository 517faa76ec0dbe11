package org.callclear.app.demo;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.callclear.app.machine.Machine;
import org.callclear.app.machine.Progress;
import org.callclear.app.settling.PeriodCommand;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.call.CarrierId;
import org.jspecify.annotations.Nullable;

/** Places calls through a machine, waits until they are settled, closes the period and looks whether it all adds up. */
public final class Demo {
    private static final CarrierId ORIGINATOR = new CarrierId("acme");
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(60);

    private final Machine machine;
    private final Progress progress;
    private final Clock clock;

    public Demo(Machine machine, Progress progress, Clock clock) {
        this.machine = machine;
        this.progress = progress;
        this.clock = clock;
    }

    /** Runs it; what goes wrong with calls and money is in the outcome. */
    public Outcome run(int calls) {
        try (Ledger ledger = Ledger.follow(machine.administration())) {
            List<Caller.Result> results = progress.step(calls + " calls are over", () -> place(calls));
            int answered =
                    (int) results.stream().filter(Caller.Result::answered).count();
            List<String> problems = new ArrayList<>(surprises(results));
            String period = Objects.requireNonNull(ledger.openPeriod(), "settlement has opened no period");
            boolean settled = progress.step(
                    "settlement has seen all answered calls",
                    () -> ledger.await(
                            () -> ledger.concluded() >= answered && ledger.isPosted(period), SETTLED_WITHIN));
            if (!settled) {
                problems.add(answered + " calls were answered, but only " + ledger.concluded() + " were settled or"
                        + " disputed within " + SETTLED_WITHIN.toSeconds() + " s");
            }
            progress.step("period " + period + " is closed", () -> close(ledger, period, problems));
            return outcome(ledger, results, period, problems);
        }
    }

    private List<Caller.Result> place(int calls) {
        AtomicInteger over = new AtomicInteger();
        try (Caller caller = new Caller(machine.sipAddress(ORIGINATOR), machine.caller(ORIGINATOR))) {
            return caller.call(PlannedCall.plan(calls), () -> {
                int done = over.incrementAndGet();
                if (done % 10 == 0 && done < calls) {
                    progress.say(done + " of " + calls + " calls are over");
                }
            });
        }
    }

    private static List<String> surprises(List<Caller.Result> results) {
        return results.stream()
                .filter(result -> result.answered() != (result.planned().ending() == PlannedCall.Ending.ANSWERED))
                .map(result -> "the call to " + result.planned().called() + " should have been "
                        + result.planned().ending() + ", but ended with SIP status " + result.status())
                .toList();
    }

    private boolean close(Ledger ledger, String period, List<String> problems) {
        String command;
        try (PeriodCommand commands = PeriodCommand.open(machine.administration(), clock)) {
            command = commands.close(new PeriodCommand.Wish(period, "", true, "demo", "end of the demo"));
        }
        int carriers = machine.carriers();
        boolean closed = ledger.await(
                () -> ledger.outcome(command) != null
                        && ledger.statements(period).size() >= carriers,
                CLOSED_WITHIN);
        @Nullable CommandOutcome outcome = ledger.outcome(command);
        if (outcome != null && outcome.getOutcome() != OutcomeKind.ACCEPTED) {
            problems.add("period " + period + " was not closed: " + outcome.getDetail());
        } else if (!closed) {
            problems.add("of " + carriers + " statements only "
                    + ledger.statements(period).size() + " came within " + CLOSED_WITHIN.toSeconds() + " s");
        }
        return closed;
    }

    private static Outcome outcome(Ledger ledger, List<Caller.Result> results, String period, List<String> problems) {
        var sums = ledger.postingsSum();
        sums.forEach((currency, sum) -> {
            if (sum.signum() != 0) {
                problems.add("the postings in " + currency + " sum to " + sum.toPlainString() + ", not to zero");
            }
        });
        int answered = (int) results.stream().filter(Caller.Result::answered).count();
        return new Outcome(
                results.size(),
                answered,
                results.size() - answered,
                ledger.settled(),
                ledger.disputes().size(),
                sums,
                period,
                ledger.positions(period),
                ledger.statements(period),
                ORIGINATOR.value(),
                List.copyOf(problems));
    }
}
