package org.callclear.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.callclear.app.settling.Statements;
import org.callclear.schemas.avro.Statement;
import org.callclear.settlement.statement.StatementCsv;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code statement list} and {@code statement show}. */
@Command(name = "statement", description = "Closed statements.")
final class StatementCommand {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Terminal terminal;

    StatementCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** How a statement is shown. */
    enum Format {
        text,
        json,
        csv
    }

    @Command(name = "list", description = "Lists all statements.")
    int list(@Mixin Target target, @Option(names = "--json", description = "print as JSON") boolean json) {
        List<Statement> all = Statements.all(target.access());
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
        List<Statement> found = Statements.all(target.access()).stream()
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
