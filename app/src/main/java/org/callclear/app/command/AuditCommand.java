package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.callclear.app.settling.CallProving;
import org.callclear.app.settling.Statements;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.settlement.evidence.ProofFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit prove} and {@code audit verify}. */
@Command(name = "audit", description = "What shows that statements are right.")
final class AuditCommand {
    private static final Pattern STATEMENT = Pattern.compile("(.+?)-[0-9]{4}-[0-9]{2}.*");

    private final Terminal terminal;
    private final Clock clock;

    AuditCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Command(
            name = "prove",
            description = {
                "Proves that a call is in a statement, with all its lines, or that it is not.",
                "The proof can be checked by anybody who has the public key, with `audit verify` or"
                        + " examples/verify_proof.py, and shows nothing of other calls but the ids of two."
            })
    int prove(
            @Mixin Target target,
            @Parameters(paramLabel = "STATEMENT", description = "the statement's id") String statementId,
            @Parameters(paramLabel = "CALL", description = "the call's id") String callId,
            @Option(names = "--out", paramLabel = "FILE", description = "the file to write (default: standard output)")
                    @Nullable
                    Path out,
            @Option(names = "--json", description = "with --out: print what it shows as JSON") boolean json)
            throws IOException {
        CallId call = call(callId);
        if (out != null) {
            requireFree(out);
        }
        KafkaAccess access = target.access();
        ProofFile file = CallProving.prove(access, statement(access, statementId), call, terminal::progress);
        if (out == null) {
            terminal.out().print(new String(file.bytes(), StandardCharsets.UTF_8));
            terminal.out().flush();
            return 0;
        }
        StatementFile.write(file.bytes(), out, false);
        int lines = file.proof().lines().size();
        if (json) {
            terminal.print(JsonNodeFactory.instance
                    .objectNode()
                    .put("file", out.toString())
                    .put("statement", statementId)
                    .put("call", callId)
                    .put("lines", lines));
        } else {
            terminal.print(out + ": shows " + EvidenceText.linesOf(call, lines) + " in statement " + statementId);
        }
        return 0;
    }

    private static CallId call(String text) {
        try {
            return CallId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandException("CALL '" + PartyName.shown(text) + "': not a call id (a UUID of version 7)");
        }
    }

    private static void requireFree(Path out) {
        Path folder = out.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(out)) {
            throw new CommandException("--out '" + out + "': not a file in a folder that is there");
        }
        if (Files.exists(out)) {
            throw new CommandException("--out '" + out + "': is there already");
        }
    }

    private static Statement statement(KafkaAccess access, String id) {
        Optional<Statement> found = Statements.all(access).stream()
                .filter(statement -> statement.getStatementId().equals(id))
                .findFirst();
        if (found.isEmpty()) {
            Matcher named = STATEMENT.matcher(id);
            if (named.matches()) {
                var unused = NamedCarrier.known(named.group(1), access);
            }
            throw new CommandException("statement '" + PartyName.shown(id) + "': there is none");
        }
        return found.get();
    }

    @Command(
            name = "verify",
            description = {
                "Checks statements and proofs of calls: signatures, paths, and of several statements that each names the"
                        + " one before it.",
                "With --key nothing but the files is read; else the keys are those on statement-keys."
            })
    int verify(
            @Mixin Target target,
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "statements and proofs, in any order")
                    List<Path> files,
            @Option(
                            names = "--key",
                            paramLabel = "PEM",
                            description = "the public half of a statement key; several may be given")
                    @Nullable
                    List<Path> keys,
            @Option(names = "--json", description = "print as JSON") boolean json) {
        EvidenceReport report = new EvidenceReport(
                keys == null ? TrustedKeys.published(target.access(), clock) : TrustedKeys.of(keys));
        files.forEach(report::add);
        if (json) {
            terminal.print(report.json());
        } else {
            report.lines().forEach(terminal::print);
        }
        return report.holds() ? 0 : 1;
    }
}
