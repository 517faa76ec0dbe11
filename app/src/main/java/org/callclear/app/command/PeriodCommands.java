package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.callclear.app.reference.ReferenceTopics;
import org.callclear.app.settling.PeriodCommand;
import org.callclear.app.settling.Statements;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.settlement.period.Period;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code period close}. */
@Command(name = "period", description = "Settlement periods.")
final class PeriodCommands {
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final Terminal terminal;
    private final Clock clock;

    PeriodCommands(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Command(name = "close", description = "Closes the open period: every carrier gets a statement.")
    int close(
            @Mixin Target target,
            @Parameters(paramLabel = "PERIOD", description = "yyyy-MM or yyyy-MM-dd") String period,
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
        if (Period.parse(period).isEmpty()) {
            throw new CommandException("period '" + period + "': must be yyyy-MM or yyyy-MM-dd");
        }
        try (PeriodCommand command = PeriodCommand.open(target.access(), clock)) {
            CommandOutcome outcome = command.closeAndWait(period, by, reason, WITHIN);
            if (outcome.getOutcome() != OutcomeKind.ACCEPTED) {
                throw new CommandException("period " + period + ": refused: " + outcome.getDetail());
            }
            print(period, outcome, statements(target.access(), period), json);
        }
        return 0;
    }

    /** The ids of the statements; a period is closed for its user when they are there. */
    private static List<String> statements(KafkaAccess access, String period) {
        int carriers = ReferenceTopics.read(access).carriers().size();
        List<String> ids = Statements.await(access, period, carriers, WITHIN).stream()
                .map(Statement::getStatementId)
                .toList();
        if (ids.size() < carriers) {
            throw new CommandException("period " + period + " is closed, but of " + carriers + " statements only "
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
            result.put("detail", outcome.getDetail());
            statements.forEach(result.putArray("statements")::add);
            terminal.print(result);
        } else {
            terminal.print(outcome.getDetail());
            statements.forEach(terminal::print);
        }
    }
}
