package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.callclear.app.settling.CurrencyNetting;
import org.callclear.app.settling.NettingCommand;
import org.callclear.app.settling.NettingReport;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.wire.KafkaAccess;

/** Has the payments of a netting stand in the books, a command for each currency. */
final class NettingPosting {
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final Terminal terminal;
    private final Clock clock;
    private final boolean json;

    NettingPosting(Terminal terminal, Clock clock, boolean json) {
        this.terminal = terminal;
        this.clock = clock;
        this.json = json;
    }

    /**
     * Asks for all currencies, one after the other.
     *
     * @param results takes an object for each command
     * @return a line for each currency that was refused
     */
    List<String> post(NettingReport report, KafkaAccess access, String by, String reason, ArrayNode results) {
        String period = report.period().name();
        List<String> refused = new ArrayList<>(overtaken(report));
        if (!refused.isEmpty()) {
            return refused;
        }
        try (NettingCommand command = NettingCommand.open(access, clock)) {
            for (CurrencyNetting netting : report.currencies()) {
                if (NettingCommand.lines(netting.run()).isEmpty()) {
                    say(period + " in " + netting.currency() + ": nothing is to be paid");
                } else {
                    CommandOutcome outcome = command.postAndWait(period, netting.run(), by, reason, WITHIN);
                    take(outcome, period, netting.currency(), results, refused);
                }
            }
        }
        return refused;
    }

    /** A later netting has paid what this one left open: to pay it again would be wrong. */
    static List<String> overtaken(NettingReport report) {
        return report.currencies().stream()
                .filter(netting -> !netting.nettedLater().isEmpty())
                .map(netting -> report.period().name() + " in " + netting.currency() + ": refused: "
                        + String.join(", ", netting.nettedLater())
                        + " is netted already, with all that was open before it")
                .toList();
    }

    private void take(CommandOutcome outcome, String period, String currency, ArrayNode results, List<String> refused) {
        results.addObject()
                .put("currency", currency)
                .put("commandId", outcome.getCommandId())
                .put("outcome", outcome.getOutcome().name())
                .put("detail", OutcomeDetail.of(outcome));
        if (outcome.getOutcome() == OutcomeKind.ACCEPTED) {
            say(OutcomeDetail.of(outcome));
        } else {
            refused.add(period + " in " + currency + ": refused: " + OutcomeDetail.of(outcome));
        }
    }

    private void say(String line) {
        if (!json) {
            terminal.print(line);
        }
    }
}
