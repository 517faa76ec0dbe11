package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.callclear.app.config.Configurations;
import org.callclear.app.reference.ReferenceTopics;
import org.callclear.app.topics.Change;
import org.callclear.app.topics.TopicApplier;
import org.callclear.app.topics.TopicPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics apply}. */
@Command(name = "topics", description = "Topics, access rules, quotas and schemas, from the catalogue.")
final class TopicsCommand {
    private final Terminal terminal;

    TopicsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "apply",
            description =
                    "Makes topics, access rules, quotas and schemas as the catalogue says for the carriers and gateways there are.")
    int apply(
            @Mixin Target target,
            @Option(names = "--dry-run", description = "only say what would be done") boolean dryRun,
            @Option(names = "--json", description = "print the changes as JSON") boolean json) {
        Configurations.Setup setup = target.setup();
        try (TopicApplier applier = TopicApplier.open(setup.access(), setup.rates())) {
            TopicPlan plan = applier.plan(ReferenceTopics.read(setup.access()).directory());
            if (!plan.obstacles().isEmpty()) {
                throw new CommandException(plan.obstacles());
            }
            if (!dryRun) {
                applier.apply(plan, line -> {});
            }
            report(plan, dryRun, json);
        }
        return 0;
    }

    private void report(TopicPlan plan, boolean dryRun, boolean json) {
        if (json) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            result.put("dryRun", dryRun);
            ArrayNode changes = result.putArray("changes");
            plan.changes().forEach(change -> changes.add(change.describe()));
            terminal.print(result);
            return;
        }
        for (Change change : plan.changes()) {
            terminal.print((dryRun ? "would " : "") + change.describe());
        }
        terminal.print(
                plan.changes().isEmpty()
                        ? "all is as the catalogue says"
                        : plan.changes().size() + (dryRun ? " changes to make" : " changes made"));
    }
}
