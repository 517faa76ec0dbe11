package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.callclear.app.exchange.ExchangeException;
import org.callclear.app.exchange.UsageExport;
import org.callclear.app.exchange.UsageImport;
import org.callclear.app.logview.Numbers;
import org.callclear.app.settling.RejectedReports;
import org.callclear.app.settling.SettlingException;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.UsageFile;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cdrs import}, {@code cdrs export} and {@code cdrs rejected}. */
@Command(name = "cdrs", description = "Usage records exchanged as files.")
final class CdrsCommand {
    private final Terminal terminal;
    private final Clock clock;

    CdrsCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Command(
            name = "import",
            description =
                    "Takes a CSV file of a carrier's usage records in, once. Exit code 3: rows at fault are in the report, the others went in.")
    int importFile(
            @Mixin Target target,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--carrier", paramLabel = "C", required = true, description = "who reports") String carrier,
            @Option(
                            names = "--audit",
                            paramLabel = "FILE",
                            description = "the sender's totals (default: NAME.audit.json beside the file, if there)")
                    @Nullable
                    Path audit,
            @Option(names = "--require-audit", description = "refuse a file without totals") boolean requireAudit,
            @Option(names = "--allow-gap", description = "take it although numbers are missing before its own")
                    boolean allowGap,
            @Option(
                            names = "--report",
                            paramLabel = "FILE",
                            description = "where rows at fault go (default: FILE.report.csv)")
                    @Nullable
                    Path report,
            @Option(
                            names = "--by",
                            paramLabel = "NAME",
                            defaultValue = "administration",
                            description = "who asks (default: ${DEFAULT-VALUE})")
                    String by,
            @Option(names = "--json", description = "print the result as JSON") boolean json) {
        UsageImport.Request request =
                new UsageImport.Request(file, NamedCarrier.of(carrier), audit, requireAudit, allowGap, report, by);
        return switch (plainly(() -> UsageImport.run(target.access(), request, clock))) {
            case UsageImport.Result.Imported imported -> imported(imported, request, json);
            case UsageImport.Result.Before before -> before(before.file(), json);
            case UsageImport.Result.Refused refused -> throw new CommandException(refused.why());
        };
    }

    @Command(
            name = "export",
            description =
                    "Writes what a carrier's topic got since the last export, with its totals. Exit code 3: records that could not be written are named.")
    int export(
            @Mixin Target target,
            @Option(names = "--carrier", paramLabel = "C", required = true, description = "whose records")
                    String carrier,
            @Option(
                            names = "--to",
                            paramLabel = "DIR",
                            required = true,
                            description = "folder for the files; made if need be")
                    Path folder,
            @Option(names = "--again", paramLabel = "N", description = "write the export of this number again")
                    @Nullable
                    Long again,
            @Option(names = "--empty", description = "write a file even when there is nothing new") boolean empty,
            @Option(
                            names = "--by",
                            paramLabel = "NAME",
                            defaultValue = "administration",
                            description = "who asks (default: ${DEFAULT-VALUE})")
                    String by,
            @Option(names = "--json", description = "print the result as JSON") boolean json) {
        CarrierId id = NamedCarrier.of(carrier);
        KafkaAccess access = target.exporting(id);
        UsageExport.Result result = plainly(() -> again != null
                ? UsageExport.again(access, id, folder, again)
                : UsageExport.next(access, id, folder, empty, by, clock));
        return switch (result) {
            case UsageExport.Result.Exported exported -> exported(exported, json);
            case UsageExport.Result.NothingNew nothing -> nothingNew(nothing, json);
        };
    }

    @Command(
            name = "rejected",
            description =
                    "Lists what settlement has set aside: reports that are not fit, and those that contradict what was reported before.")
    int rejected(
            @Mixin Target target,
            @Option(names = "--carrier", paramLabel = "C", description = "only reports of this carrier") @Nullable
                    String carrier,
            @Option(
                            names = "--since",
                            paramLabel = "TIME",
                            description = "only what was set aside since a day in UTC, or an instant")
                    @Nullable
                    String since,
            @Option(names = "--json", description = "print as JSON") boolean json,
            @Option(names = "--numbers", description = "show whole phone numbers, to who may see them")
                    boolean wholeNumbers) {
        Instant from = since == null ? null : TimeBound.parse("--since", since).at(ZoneOffset.UTC);
        KafkaAccess access = target.reading(Topic.CDR_REJECTED);
        Numbers numbers = Target.numbers(access, wholeNumbers);
        CarrierId only = carrier == null ? null : NamedCarrier.known(carrier, access);
        List<RejectedRecord> found = rejected(access, new RejectedReports.Wanted(only, from));
        if (json) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode(found.size());
            found.forEach(record -> list.add(json(record, numbers)));
            terminal.print(list);
        } else {
            terminal.print(text(found, numbers));
        }
        return 0;
    }

    private static List<RejectedRecord> rejected(KafkaAccess access, RejectedReports.Wanted wanted) {
        try {
            return RejectedReports.read(access, wanted);
        } catch (SettlingException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
    }

    private static ObjectNode json(RejectedRecord record, Numbers numbers) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("rejectedAt", record.getRejectedAt().toString())
                .put("topic", record.getSourceTopic())
                .put("partition", record.getSourcePartition())
                .put("offset", record.getSourceOffset())
                .put("callId", RejectedReports.callId(record))
                .put("reason", numbers.showText(record.getReason()))
                .put("field", numbers.showText(record.getField()))
                .put("detail", numbers.showText(record.getDetail()));
    }

    private static String text(List<RejectedRecord> found, Numbers numbers) {
        if (found.isEmpty()) {
            return "Nothing was set aside.";
        }
        TextTable table = new TextTable("set aside", "where it came", "call", "reason", "field", "why");
        found.forEach(record -> table.row(
                record.getRejectedAt().toString(),
                record.getSourceTopic() + "-" + record.getSourcePartition() + " " + record.getSourceOffset(),
                RejectedReports.callId(record).isEmpty() ? "-" : RejectedReports.callId(record),
                numbers.showText(record.getReason()),
                record.getField().isEmpty() ? "-" : numbers.showText(record.getField()),
                numbers.showText(record.getDetail())));
        return table.toString();
    }

    private static <T> T plainly(Supplier<T> exchange) {
        try {
            return exchange.get();
        } catch (ExchangeException e) {
            throw new CommandException(e.lines());
        }
    }

    private int imported(UsageImport.Result.Imported imported, UsageImport.Request request, boolean json) {
        UsageFile file = imported.file();
        boolean faults = file.getFaulty() > 0;
        if (json) {
            ObjectNode result = json("IMPORTED", file);
            result.put("corrections", imported.corrections());
            result.put("report", faults ? request.reportPath().toString() : null);
            imported.notices().forEach(result.putArray("notices")::add);
            terminal.print(result);
        } else {
            terminal.print("%s: %d rows, %d imported, %d of them corrections, %d said twice, %d at fault"
                    .formatted(
                            file.getFileName(),
                            file.getRows(),
                            file.getTaken(),
                            imported.corrections(),
                            file.getRepeated(),
                            file.getFaulty()));
            imported.notices().forEach(terminal::print);
            if (faults) {
                terminal.print("rows at fault: " + request.reportPath());
            }
            terminal.print("Settlement tells apart what other files or the carrier's own systems reported before;");
            terminal.print("what contradicts that is set aside: `cdrs rejected --carrier " + file.getCarrier() + "`.");
        }
        return faults ? ExitCode.IN_PART : 0;
    }

    private int before(UsageFile file, boolean json) {
        if (json) {
            terminal.print(json("IMPORTED_BEFORE", file));
        } else {
            terminal.print(file.getFileName() + ": imported before at " + file.getAt() + ", nothing done");
        }
        return 0;
    }

    private int exported(UsageExport.Result.Exported exported, boolean json) {
        UsageFile file = exported.file();
        if (json) {
            ObjectNode result = json("EXPORTED", file);
            result.put("path", exported.path().toString());
            result.put("skippedCount", exported.skippedCount());
            exported.skipped().forEach(result.putArray("skipped")::add);
            terminal.print(result);
        } else {
            terminal.print(exported.path() + ": " + file.getRows() + " rows, number " + file.getSequence());
            exported.skipped().forEach(place -> terminal.print("not in it: " + place));
            long more = exported.skippedCount() - exported.skipped().size();
            if (more > 0) {
                terminal.print("not in it: " + more + " more");
            }
        }
        return exported.skippedCount() > 0 ? ExitCode.IN_PART : 0;
    }

    private int nothingNew(UsageExport.Result.NothingNew nothing, boolean json) {
        if (json) {
            terminal.print(JsonNodeFactory.instance
                    .objectNode()
                    .put("outcome", "NOTHING_NEW")
                    .put("lastSequence", nothing.last()));
        } else {
            terminal.print(
                    nothing.last() == 0
                            ? "nothing to export"
                            : "nothing new since the export of number " + nothing.last());
        }
        return 0;
    }

    private static ObjectNode json(String outcome, UsageFile file) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("outcome", outcome);
        json.put("carrier", file.getCarrier());
        json.put("file", file.getFileName());
        json.put("sha256", hex(file.getDigest()));
        json.put("sequence", file.getSequence());
        json.put("rows", file.getRows());
        json.put("taken", file.getTaken());
        json.put("repeated", file.getRepeated());
        json.put("faulty", file.getFaulty());
        json.put("first", text(file.getFirst()));
        json.put("last", text(file.getLast()));
        json.put("talkedMillis", file.getTalkedMillis());
        json.put("at", file.getAt().toString());
        json.put("by", file.getBy());
        return json;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static String hex(ByteBuffer digest) {
        byte[] bytes = new byte[digest.remaining()];
        digest.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
