package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.callclear.app.archive.ArchiveException;
import org.callclear.app.reference.ReferenceException;
import org.callclear.app.reference.ReferenceTopics;
import org.callclear.app.replaying.OtherTerms;
import org.callclear.app.replaying.Progress;
import org.callclear.app.replaying.ReplaySource;
import org.callclear.app.replaying.StatementReplay;
import org.callclear.app.replaying.StatementReplay.OtherLine;
import org.callclear.app.replaying.StatementReplay.Outcome;
import org.callclear.app.settling.SettlingException;
import org.callclear.app.settling.Statements;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.call.PartyName;
import org.callclear.settlement.evidence.EvidenceCheck;
import org.callclear.settlement.evidence.EvidenceException;
import org.callclear.settlement.evidence.Finding;
import org.callclear.settlement.replay.Difference;
import org.callclear.settlement.replay.ReplayException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit replay}. */
@Command(
        name = "replay",
        description = {
            "Computes a published statement again from the journal and compares it byte for byte. Writes nothing; the system may"
                    + " go on.",
            "With --archive it needs no Kafka: statements and journal are read from archives, keys from --key.",
            "Exit code: 0 equal, 1 different (the first difference is named), 2 not possible."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int EQUAL = 0;
    private static final int DIFFERS = 1;
    private static final int CANNOT = 2;
    private static final double NANOS = 1e9;

    private final Terminal terminal;
    private final Clock clock;

    @Mixin
    private final Target target = new Target();

    @Parameters(paramLabel = "STATEMENT", description = "the statement's id")
    private String statementId = "";

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "partitions folded at once (default: one for each processor); the result is the same")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--with",
            paramLabel = "FILE",
            description = {
                "contracts (YAML or CSV) or a rate deck (CSV), as their imports take them: show what the statement would have come"
                        + " to by them, line by line"
            })
    private @Nullable Path with;

    @Option(names = "--deck", paramLabel = "NAME", description = "with --with: the deck (default: the file's name)")
    private @Nullable String deck;

    @Option(
            names = "--archive",
            paramLabel = "DIR",
            description = "read from the archives in this directory, and not from Kafka")
    private @Nullable Path archives;

    @Option(
            names = "--key",
            paramLabel = "PEM",
            description = "the public half of a statement key; several may be given (default: those on statement-keys)")
    private @Nullable List<Path> keys;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    ReplayCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (workers < 1) {
            terminal.progress("callclear: --workers " + workers + ": must be 1 or more");
            return CANNOT;
        }
        try {
            return replay();
        } catch (CommandException
                | SettlingException
                | ReplayException
                | EvidenceException
                | ArchiveException
                | ReferenceException
                | IOException e) {
            String.valueOf(e.getMessage()).lines().forEach(line -> terminal.progress("callclear: " + line));
            return CANNOT;
        }
    }

    private int replay() throws IOException {
        if (archives != null && (with != null || keys == null)) {
            throw new CommandException(
                    with != null
                            ? "--with: needs the numbers, which are hidden in archives; leave --archive away"
                            : "--archive: say with --key whose signature is believed (`keys export --statements`)");
        }
        long begun = System.nanoTime();
        ReplaySource records = archives == null ? ReplaySource.in(target.access()) : ReplaySource.in(archives);
        List<Statement> all = records.statements();
        Statement statement = all.stream()
                .filter(one -> one.getStatementId().equals(statementId))
                .findFirst()
                .orElseThrow(
                        () -> new CommandException("statement '" + PartyName.shown(statementId) + "': there is none"));
        var unused = StatementReplay.view(statement);
        StatementReplay replay = new StatementReplay(records, workers, new Progress(terminal::progress));
        if (with != null) {
            OtherTerms terms = WhatIfReport.terms(with, deck, ReferenceTopics.read(target.access()), clock.instant());
            WhatIfReport report = new WhatIfReport(statementId, replay.with(statement, terms), terms);
            terminal.print(json ? report.json().toString() : report.text());
            return EQUAL;
        }
        Optional<String> signature = signatureFault(statement);
        Outcome outcome = replay.of(statement, all);
        double seconds = (System.nanoTime() - begun) / NANOS;
        if (json) {
            terminal.print(json(outcome, signature, seconds));
        } else {
            print(outcome, signature, seconds);
        }
        return outcome.isEqual() && signature.isEmpty() ? EQUAL : DIFFERS;
    }

    private Optional<String> signatureFault(Statement statement) {
        EvidenceCheck check = keys == null ? TrustedKeys.published(target.access(), clock) : TrustedKeys.of(keys);
        return check.check(Statements.json(statement)) instanceof Finding.Bad bad
                ? Optional.of(bad.why())
                : Optional.empty();
    }

    private void print(Outcome outcome, Optional<String> signature, double seconds) {
        String counts = String.format(
                Locale.ROOT,
                "%,d records of the journal, %,d lines of calls, %.1f s",
                outcome.records(),
                outcome.leaves(),
                seconds);
        signature.ifPresent(fault -> terminal.print("DIFFERS " + statementId + ": " + fault));
        outcome.difference()
                .ifPresentOrElse(
                        difference -> terminal.print(
                                "DIFFERS " + statementId + ": " + text(difference) + " (" + counts + ")"),
                        () -> terminal.print("EQUAL " + statementId + ": " + counts));
        outcome.line().ifPresent(line -> terminal.print(text(line)));
    }

    private static String text(Difference difference) {
        return difference.path() + ": published " + orNothing(difference.published()) + ", replayed "
                + orNothing(difference.replayed());
    }

    private static String text(OtherLine line) {
        String place = line.partition() == null
                ? ""
                : " (settlement-journal partition " + line.partition() + " offset " + line.offset() + ")";
        return "first entry that differs: " + line.entryId() + place + ": on postings " + orNothing(line.published())
                + ", replayed " + orNothing(line.replayed());
    }

    private static String orNothing(String value) {
        return value.isEmpty() ? "nothing" : value;
    }

    private ObjectNode json(Outcome outcome, Optional<String> signature, double seconds) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("statement", statementId)
                .put("equal", outcome.isEqual())
                .put("signature", signature.isEmpty())
                .put("records", outcome.records())
                .put("callLines", outcome.leaves())
                .put("workers", workers)
                .put("seconds", seconds);
        signature.ifPresent(fault -> json.put("signatureFault", fault));
        outcome.difference()
                .ifPresent(difference -> json.putObject("difference")
                        .put("path", difference.path())
                        .put("published", difference.published())
                        .put("replayed", difference.replayed()));
        outcome.line()
                .ifPresent(line -> json.putObject("entry")
                        .put("entryId", line.entryId())
                        .put("partition", line.partition())
                        .put("offset", line.offset())
                        .put("published", line.published())
                        .put("replayed", line.replayed()));
        return json;
    }
}
