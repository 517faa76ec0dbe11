package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.callclear.app.settling.PeriodCommand;
import org.callclear.app.settling.Periods;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.settlement.period.PeriodName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code period close} and {@code period list}. */
@Command(name = "period", description = "Settlement periods.")
final class PeriodCommands {
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final Terminal terminal;
    private final Clock clock;

    PeriodCommands(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Command(
            name = "close",
            description = "Closes an open period that is over, in every zone where it is open: every carrier of its"
                    + " calendar gets a statement.")
    int close(
            @Mixin Target target,
            @Parameters(
                            paramLabel = "PERIOD",
                            description = PeriodName.FORMS + "; with @ZONE, such as 2026-11@Europe/Berlin, only there")
                    String period,
            @Option(
                            names = "--zone",
                            paramLabel = "ZONE",
                            defaultValue = "",
                            description = "only in this time zone (default: wherever it is open)")
                    String zone,
            @Option(names = "--early", description = "even though it is not over; later calls go to the next")
                    boolean early,
            @Option(
                            names = "--by",
                            paramLabel = "NAME",
                            defaultValue = "administration",
                            description = "who asks (default: ${DEFAULT-VALUE})")
                    String by,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            defaultValue = "end of the period",
                            description = "why (default: ${DEFAULT-VALUE})")
                    String reason,
            @Option(names = "--json", description = "print the result as JSON") boolean json) {
        requireForm("period", period);
        try (PeriodCommand command = PeriodCommand.open(target.access(), clock)) {
            CommandOutcome outcome =
                    command.closeAndWait(new PeriodCommand.Wish(period, zone, early, by, reason), WITHIN);
            if (outcome.getOutcome() != OutcomeKind.ACCEPTED) {
                throw new CommandException("period " + period + ": refused: " + OutcomeDetail.of(outcome));
            }
            print(period, outcome, statements(new Periods(target.access()), period, outcome.getCommandId()), json);
        }
        return 0;
    }

    @Command(name = "list", description = "Lists the periods that are open and those that were closed.")
    int list(@Mixin Target target, @Option(names = "--json", description = "print as JSON") boolean json) {
        List<Periods.Listed> all = new Periods(target.access()).all();
        if (json) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            all.forEach(listed -> array.addObject()
                    .put("period", listed.period().id())
                    .put("length", listed.period().calendar().length().name())
                    .put("zone", listed.period().calendar().zone().getId())
                    .put("begin", listed.period().begin().toString())
                    .put("end", listed.period().end().toString())
                    .put("state", state(listed))
                    .put("statements", listed.statements()));
            terminal.print(array);
        } else {
            TextTable table = new TextTable("period", "begin", "end", "state", "statements");
            all.forEach(listed -> table.row(
                    listed.period().id(),
                    listed.period().begin().toString(),
                    listed.period().end().toString(),
                    state(listed),
                    listed.open() ? "" : Long.toString(listed.statements())));
            terminal.print(table.toString());
        }
        return 0;
    }

    private String state(Periods.Listed listed) {
        if (!listed.open()) {
            return "closed";
        }
        return clock.instant().isBefore(listed.period().end()) ? "open" : "open, over";
    }

    /** @param field what the user calls it */
    static void requireForm(String field, String period) {
        int at = period.indexOf('@');
        if (PeriodName.parse(at < 0 ? period : period.substring(0, at)).isEmpty()) {
            throw new CommandException(
                    field + " '" + period + "': must be " + PeriodName.FORMS + ", perhaps with @ZONE");
        }
    }

    /** The ids of the statements; a period is closed for its user when they are there. */
    private static List<String> statements(Periods periods, String period, String commandId) {
        Set<Periods.Owed> owed = periods.owed(commandId);
        List<String> ids = periods.await(owed, WITHIN);
        if (ids.size() < owed.size()) {
            throw new CommandException("period " + period + " is closed, but of " + owed.size() + " statements only "
                    + ids.size() + " came within " + WITHIN.toSeconds() + " s; the others follow when settlement runs");
        }
        return ids;
    }

    private void print(String period, CommandOutcome outcome, List<String> statements, boolean json) {
        if (json) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            result.put("period", period);
            result.put("commandId", outcome.getCommandId());
            result.put("outcome", outcome.getOutcome().name());
            result.put("detail", OutcomeDetail.of(outcome));
            statements.forEach(result.putArray("statements")::add);
            terminal.print(result);
        } else {
            terminal.print(OutcomeDetail.of(outcome));
            statements.forEach(terminal::print);
        }
    }
}
