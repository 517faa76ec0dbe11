package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.callclear.app.logview.CallLog;
import org.callclear.app.logview.Ladder;
import org.callclear.app.logview.LogViewException;
import org.callclear.app.logview.Numbers;
import org.callclear.app.logview.ReadableTopics;
import org.callclear.app.logview.RecordJson;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer;
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
        CallId call = call(id);
        Instant from = since == null ? null : TimeBound.parse("--since", since).at(ZoneOffset.UTC);
        KafkaAccess access = target.anyone();
        String principal = ClusterCheck.principal(access);
        try {
            Numbers numbers = Numbers.of(principal, wholeNumbers);
            CallLog log = CallLog.read(
                    access, CallLog.Question.everywhere(call, from), ReadableTopics.of(access, principal), clock);
            if (log.records().isEmpty()) {
                throw new CommandException(nothing(log, principal));
            }
            if (json) {
                terminal.print(json(log, new RecordJson(numbers, new RecordDeserializer(access.registry())::read)));
            } else {
                terminal.print(Ladder.of(log, numbers));
            }
            return 0;
        } catch (LogViewException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
    }

    /** @throws CommandException when it is none */
    static CallId call(String id) {
        try {
            return CallId.parse(id);
        } catch (IllegalArgumentException e) {
            throw new CommandException("'" + PartyName.shown(id) + "': not a call id (a UUID version 7 in lower case)");
        }
    }

    static String nothing(CallLog log, String principal) {
        return "call " + log.call() + ": nothing that '" + principal + "' may read says anything about it since "
                + log.from()
                + (log.unseen().isEmpty() ? "" : " (" + log.unseen().size() + " kinds of topic are closed to it)");
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
