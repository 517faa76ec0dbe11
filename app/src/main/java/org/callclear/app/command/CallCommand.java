package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.callclear.app.logview.CallLog;
import org.callclear.app.logview.Ladder;
import org.callclear.app.logview.RecordJson;
import org.callclear.schemas.call.CallId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code call show}. */
@Command(name = "call", description = "What the log says about one call.")
final class CallCommand {
    private final Terminal terminal;
    private final Clock clock;

    CallCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Command(
            name = "show",
            description = {
                "Shows all that the log says about a call, in order, as a ladder diagram.",
                "Reads what the certificate may read, and says what it may not."
            })
    int show(
            @Mixin Target target,
            @Parameters(paramLabel = "CALL-ID", description = "as it stands in all records") String id,
            @Option(
                            names = "--since",
                            paramLabel = "TIME",
                            description = "look from a day in UTC or an instant on"
                                    + " (default: from 10 minutes before the call id was made)")
                    @Nullable
                    String since,
            @Option(names = "--json", description = "print one JSON object") boolean json,
            @Option(names = "--numbers", description = "show whole phone numbers, to who may see them")
                    boolean wholeNumbers) {
        CallId call = LogAccess.call(id);
        Instant from = since == null ? null : TimeBound.parse("--since", since).at(ZoneOffset.UTC);
        try (LogAccess access = LogAccess.open(target, wholeNumbers)) {
            CallLog log = access.read(CallLog.Question.everywhere(call, from), clock);
            if (log.records().isEmpty()) {
                throw new CommandException(nothing(log, access));
            }
            if (json) {
                terminal.print(json(log, access.json()));
            } else {
                terminal.print(Ladder.of(log, access.numbers()));
            }
            return 0;
        }
    }

    private static String nothing(CallLog log, LogAccess access) {
        return access.nothing(log)
                + (log.unseen().isEmpty()
                        ? ""
                        : " (not searched, in whole or in part: " + log.unseen().size() + " kinds of topic)");
    }

    private static ObjectNode json(CallLog log, RecordJson json) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.put("callId", log.call().toString());
        all.put("bornAt", log.call().bornAt().toString());
        all.put("from", log.from().toString());
        ArrayNode records = all.putArray("records");
        log.records().forEach(record -> records.add(json.of(record)));
        log.unseen().forEach(all.putArray("notShown")::add);
        return all;
    }
}
