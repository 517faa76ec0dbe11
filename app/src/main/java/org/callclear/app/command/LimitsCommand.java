package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.callclear.app.reference.LimitFile;
import org.callclear.app.reference.ReferenceExport;
import org.callclear.app.reference.ReferenceTopics;
import org.callclear.app.reference.ReferenceUpdate;
import org.callclear.schemas.avro.CallLimit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code limits}: how much carriers may call. */
@Command(name = "limits", description = "How much carriers may call: against toll fraud.")
final class LimitsCommand extends ReferenceCommand {
    LimitsCommand(Terminal terminal) {
        super(terminal);
    }

    @Command(
            name = "import",
            description =
                    "Takes a CSV file over: carrier,prefix,max_calls_per_second,max_concurrent_calls,max_cost_per_hour"
                            + " and optionally currency,action. In force within a second, without a restart.")
    int importFile(
            @Mixin Target target,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--json", description = "print the result as JSON") boolean json) {
        return run(target, json, known -> ReferenceUpdate.limits(good(LimitFile.read(file, known)), known));
    }

    @Command(name = "export", description = "Prints the limits as CSV.")
    int export(@Mixin Target target, @Parameters(paramLabel = "FILE", arity = "0..1") @Nullable Path file)
            throws IOException {
        export(ReferenceExport.limits(read(target)), file);
        return 0;
    }

    @Command(name = "list", description = "Shows the limits in force.")
    int list(@Mixin Target target, @Option(names = "--json", description = "print JSON") boolean json) {
        Collection<CallLimit> limits = read(target);
        if (json) {
            terminal.print(asJson(limits));
        } else if (limits.isEmpty()) {
            terminal.print("no limits");
        } else {
            TextTable table = new TextTable("carrier", "prefix", "calls/s", "calls", "cost/h", "", "action");
            limits.forEach(limit -> table.row(row(limit)));
            terminal.print(table.toString());
        }
        return 0;
    }

    private static Collection<CallLimit> read(Target target) {
        return ReferenceTopics.read(target.access()).limits().values();
    }

    private static String[] row(CallLimit limit) {
        return new String[] {
            limit.getCarrier(),
            limit.getPrefix(),
            text(limit.getMaxCallsPerSecond()),
            text(limit.getMaxConcurrentCalls()),
            text(limit.getMaxCostPerHour()),
            limit.getCurrency(),
            limit.getAction().name()
        };
    }

    private static String text(@Nullable Object maximum) {
        return maximum == null ? "-" : maximum.toString();
    }

    private static ObjectNode asJson(Collection<CallLimit> limits) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        var list = result.putArray("limits");
        for (CallLimit limit : limits) {
            ObjectNode one = list.addObject();
            one.put("carrier", limit.getCarrier());
            one.put("prefix", limit.getPrefix());
            one.put("maxCallsPerSecond", limit.getMaxCallsPerSecond());
            one.put("maxConcurrentCalls", limit.getMaxConcurrentCalls());
            one.put(
                    "maxCostPerHour",
                    limit.getMaxCostPerHour() == null
                            ? null
                            : limit.getMaxCostPerHour().toPlainString());
            one.put("currency", limit.getCurrency());
            one.put("action", limit.getAction().name());
            one.put("revision", limit.getRevision());
        }
        return result;
    }
}
