package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.callclear.app.reference.ReferenceTopics;
import org.callclear.app.rerating.RerateRun;
import org.callclear.app.rerating.Rerating;
import org.callclear.app.settling.SettlingException;
import org.callclear.schemas.wire.KafkaAccess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rerate}. */
@Command(
        name = "rerate",
        description = {
            "Prices calls anew by what their contract and its deck say now: shows the difference line by line,",
            "then has settlement take the old entries back and post new ones. What carriers hold signed terms for is left alone."
        })
final class RerateCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Mixin
    private final Target target = new Target();

    @Mixin
    private final RerateOptions asked = new RerateOptions();

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    RerateCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        asked.check();
        KafkaAccess access = target.access();
        try {
            Rerating rerating = Rerating.read(access, asked.scope(ReferenceTopics.read(access)));
            if (!json) {
                terminal.print(RerateText.of(rerating));
            }
            ObjectNode result = RerateJson.of(rerating);
            List<String> undone = asked.dryRun() ? List.of() : write(access, rerating, result);
            if (json) {
                terminal.print(result);
            }
            if (!undone.isEmpty()) {
                throw new CommandException(undone);
            }
        } catch (SettlingException e) {
            throw new CommandException(String.valueOf(e.getMessage()).lines().toList());
        }
        return 0;
    }

    /** What was not done, a line each. */
    private List<String> write(KafkaAccess access, Rerating rerating, ObjectNode result) {
        if (rerating.size() == 0 && !asked.continued()) {
            return List.of();
        }
        RerateRun run = asked.run(clock.instant());
        terminal.progress("run " + run.id() + ": should it end half-way, repeat the command with --run " + run.id());
        RerateRun.Result done = run.send(access, rerating, asked.continued());
        result.set("run", RerateJson.of(run.id(), done));
        if (!json) {
            terminal.print("\n" + RerateText.of(run.id(), done));
        }
        return undone(run.id(), done);
    }

    private static List<String> undone(String run, RerateRun.Result done) {
        List<String> lines = new ArrayList<>();
        done.refusals()
                .forEach(refusal -> lines.add(
                        "call " + refusal.callId() + " leg " + refusal.leg() + ": refused: " + refusal.detail()));
        if (done.unanswered() > 0) {
            lines.add("run " + run + ": settlement has not answered " + done.unanswered()
                    + " commands (is it running?); they stand and will be obeyed; see with --run " + run);
        }
        return lines;
    }
}
