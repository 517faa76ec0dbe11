package org.callclear.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.callclear.app.settling.Statements;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.statement.StatementCsv;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code statement list}, {@code statement show} and {@code statement export}. */
@Command(name = "statement", description = "Closed statements.")
final class StatementCommand {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Terminal terminal;
    private final StatementFile destination;

    StatementCommand(Terminal terminal, ByteOutput standardOutput) {
        this.terminal = terminal;
        this.destination = new StatementFile(standardOutput);
    }

    /** How a statement is shown. */
    enum Format {
        text,
        json,
        csv
    }

    @Command(name = "list", description = "Lists all statements.")
    int list(@Mixin Target target, @Option(names = "--json", description = "print as JSON") boolean json) {
        List<Statement> all = Statements.all(target.readingSome(Topic.STATEMENTS));
        if (json) {
            ArrayNode array = JSON.createArrayNode();
            all.forEach(statement -> array.addObject()
                    .put("id", statement.getStatementId())
                    .put("carrier", statement.getCarrier())
                    .put("period", statement.getPeriod())
                    .put("sequence", statement.getSequence()));
            terminal.print(array);
        } else {
            TextTable table = new TextTable("id", "carrier", "period", "sequence");
            all.forEach(statement -> table.row(
                    statement.getStatementId(),
                    statement.getCarrier(),
                    statement.getPeriod(),
                    Long.toString(statement.getSequence())));
            terminal.print(table.toString());
        }
        return 0;
    }

    @Command(name = "show", description = "Shows a statement, by its id or by carrier and period.")
    int show(
            @Mixin Target target,
            @Parameters(paramLabel = "ID", arity = "0..1") @Nullable String id,
            @Option(names = "--carrier", paramLabel = "C") @Nullable String carrier,
            @Option(names = "--period", paramLabel = "P") @Nullable String period,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            defaultValue = "text",
                            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
                    Format format,
            @Option(names = "--json", description = "the same as --format json") boolean json)
            throws IOException {
        if ((id == null) == (carrier == null || period == null)) {
            throw new CommandException("statement show: give either an ID, or --carrier and --period");
        }
        List<Statement> found = Statements.all(target.readingSome(Topic.STATEMENTS)).stream()
                .filter(statement -> id != null
                        ? statement.getStatementId().equals(id)
                        : statement.getCarrier().equals(carrier)
                                && statement.getPeriod().equals(period))
                .toList();
        if (found.isEmpty()) {
            throw new CommandException(
                    id != null
                            ? "statement '" + id + "': there is none"
                            : "carrier '" + carrier + "', period '" + period + "': there is no statement");
        }
        print(Statements.json(found.getLast()), json ? Format.json : format);
        return 0;
    }

    @Command(name = "export", description = "Gives a statement away, in a form that can be forwarded.")
    int export(
            @Mixin Target target,
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            defaultValue = "json",
                            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
                    StatementForm form,
            @Option(
                            names = {"-o", "--output"},
                            paramLabel = "FILE",
                            description = "file, or folder for ID.FORMAT (default: standard output)")
                    @Nullable
                    String output,
            @Option(names = "--force", description = "replace a file that is there") boolean force)
            throws IOException {
        Path file = output == null ? null : StatementFile.at(output, form.fileName(id), force);
        if (file == null) {
            destination.mayPrint(form);
        }
        byte[] content = form.of(Statements.json(byId(target, id)));
        if (file == null) {
            destination.print(content);
        } else {
            StatementFile.write(content, file, force);
            terminal.progress(file + ": written");
        }
        return 0;
    }

    private static Statement byId(Target target, String id) {
        return Statements.all(target.readingSome(Topic.STATEMENTS)).stream()
                .filter(statement -> statement.getStatementId().equals(id))
                .findFirst()
                .orElseThrow(() -> new CommandException("statement '" + id + "': there is none"));
    }

    private void print(byte[] statement, Format format) throws IOException {
        switch (format) {
            case json -> terminal.print(new String(statement, StandardCharsets.UTF_8));
            case csv -> {
                terminal.out().print(StatementCsv.of(statement));
                terminal.out().flush();
            }
            case text -> terminal.print(StatementText.of(JSON.readTree(statement)));
        }
    }
}
