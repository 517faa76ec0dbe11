package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import org.callclear.app.config.Configurations;
import org.callclear.app.logview.CallLog;
import org.callclear.app.logview.RecordJson;
import org.callclear.app.reference.ReferenceTopics;
import org.callclear.app.topics.Change;
import org.callclear.app.topics.TopicApplier;
import org.callclear.app.topics.TopicPlan;
import org.callclear.schemas.call.CallId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code topics apply}, {@code topics tail} and {@code topics grep}. */
@Command(name = "topics", description = "Topics: made from the catalogue, followed and searched.")
final class TopicsCommand {
    private final Terminal terminal;
    private final Clock clock;

    TopicsCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
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

    @Command(
            name = "tail",
            description = {
                "Prints records as JSON, one a line, and goes on until it is stopped.",
                "Records of one partition come in their order; for those of several, the times tell."
            })
    int tail(
            @Mixin Target target,
            @Parameters(paramLabel = "TOPIC", arity = "1..*", description = "names; * stands for any part of one")
                    List<String> topics,
            @Option(
                            names = "--from",
                            paramLabel = "TIME",
                            defaultValue = TopicFollowing.END,
                            description = "END, BEGIN, or a day in UTC or an instant (default: ${DEFAULT-VALUE})")
                    String from,
            @Option(names = "--count", paramLabel = "N", description = "end after so many records") @Nullable
                    Long count,
            @Option(names = "--numbers", description = "show whole phone numbers, to who may see them")
                    boolean wholeNumbers) {
        if (count != null && count < 1) {
            throw new CommandException("--count " + count + ": must be 1 or more");
        }
        TopicFollowing.Start start = TopicFollowing.start(from);
        try (LogAccess access = LogAccess.open(target, wholeNumbers)) {
            return new TopicFollowing(access, topics).run(terminal, start, count);
        }
    }

    @Command(
            name = "grep",
            description = {
                "Prints all records about a call as JSON, one a line, in order.",
                "Exit code 3: topics that were named and could not be searched, or records that could not be read, are on"
                        + " standard error."
            })
    int grep(
            @Mixin Target target,
            @Parameters(index = "0", paramLabel = "CALL-ID", description = "as it stands in all records") String id,
            @Parameters(
                            index = "1..*",
                            paramLabel = "TOPIC",
                            arity = "0..*",
                            description = "only these; * stands for any part of a name (default: all that may be read)")
                    @Nullable
                    List<String> topics,
            @Option(names = "--numbers", description = "show whole phone numbers, to who may see them")
                    boolean wholeNumbers) {
        CallId call = LogAccess.call(id);
        CallLog.Question question = new CallLog.Question(call, null, topics == null ? List.of() : topics);
        try (LogAccess access = LogAccess.open(target, wholeNumbers)) {
            CallLog log = access.read(question, clock);
            boolean isWhole = log.unread().isEmpty()
                    && (topics == null || log.unsearched().isEmpty());
            RecordJson json = access.json();
            log.records().forEach(record -> terminal.print(json.of(record)));
            log.unseen().forEach(why -> terminal.progress("not shown: " + why));
            if (log.records().isEmpty() && isWhole) {
                throw new CommandException(access.nothing(log));
            }
            if (log.records().isEmpty()) {
                terminal.progress(access.nothing(log));
            }
            return isWhole ? 0 : ExitCode.IN_PART;
        }
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
