package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.function.Supplier;
import org.callclear.app.archive.ArchiveException;
import org.callclear.app.archive.ArchiveExport;
import org.callclear.app.archive.ArchiveExport.OtherKeys;
import org.callclear.app.archive.ArchiveShow;
import org.callclear.app.archive.ArchiveVerification;
import org.callclear.app.archive.ErasureLog;
import org.callclear.app.archive.KafkaSource;
import org.callclear.app.archive.ManifestSigner;
import org.callclear.app.archive.NumberKeys;
import org.callclear.app.archive.RecordSource;
import org.callclear.app.keys.KeyException;
import org.callclear.app.keys.StatementKeys;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.settlement.period.Period;
import org.callclear.settlement.period.PeriodName;
import org.callclear.tokens.SigningKeySource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code archive export}, {@code archive verify}, {@code archive show}, {@code archive erase} and {@code archive erasures}. */
@Command(name = "archive", description = "Archives of the log, a directory for each closed period.")
final class ArchiveCommand {
    private static final int FOUND_FAULTS = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Terminal terminal;
    private final Clock clock;

    ArchiveCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    /** Where the keys are that hide numbers. */
    static final class KeyFile {
        @Option(
                names = "--keys",
                required = true,
                paramLabel = "FILE",
                description = "keys that hide phone numbers in archives; keep it apart from them")
        private Path keys = Path.of("archive-keys.json");
    }

    @Command(
            name = "export",
            description = {
                "Writes the archive of a closed period to DIR/PERIOD.",
                "An export that was cut off goes on where it was; one that is complete changes nothing."
            })
    int export(
            @Mixin Target target,
            @Parameters(paramLabel = "PERIOD", description = PeriodName.FORMS + "; with @ZONE where that is not UTC")
                    String period,
            @Parameters(paramLabel = "DIR", description = "for the archives of the period's calendar") Path directory,
            @Mixin KeyFile keyFile,
            @Option(
                            names = "--zone",
                            paramLabel = "ZONE",
                            defaultValue = "",
                            description = "the period of this time zone (default: the only one that has such a period)")
                    String zone,
            @Option(
                            names = "--other-keys",
                            description =
                                    "takes another key file than that of the archive before, which is lost or no longer"
                                            + " wanted; what that one hides stays hidden by it")
                    boolean otherKeys,
            @Option(names = "--json", description = "print the result as JSON") boolean json) {
        PeriodCommands.requireForm("period", period);
        KafkaAccess access = target.access();
        if (!(target.statementKeys() instanceof SigningKeySource.File file)) {
            throw new CommandException("statement keys: must be in a file");
        }
        return told(() -> {
            try (RecordSource source = new KafkaSource(access, access.registry());
                    NumberKeys keys = NumberKeys.change(keyFile.keys);
                    StatementKeys statementKeys = StatementKeys.open(file, access, clock)) {
                ArchiveExport export = new ArchiveExport(
                        source, keys, ManifestSigner.of(statementKeys, PATIENCE), clock, terminal::progress);
                OtherKeys others = otherKeys ? OtherKeys.TAKEN : OtherKeys.REFUSED;
                print(export.run(meant(period, zone, source), directory, others), json);
                return 0;
            }
        });
    }

    /** The period that a user names; the zone may be left out where only one calendar has such periods. */
    private static Period meant(String period, String zone, RecordSource source) {
        if (period.indexOf('@') >= 0 || !zone.isEmpty()) {
            String id = period.indexOf('@') >= 0 || zone.equals("UTC") ? period : period + "@" + zone;
            return Period.parse(id)
                    .orElseThrow(() -> new CommandException("period '" + id + "': there is no such time zone"));
        }
        List<Period> meant = source.openPeriods().stream()
                .map(open -> PeriodName.parse(period)
                        .filter(name -> name.length() == open.calendar().length())
                        .flatMap(name -> Period.in(name, open.calendar().zone().getId())))
                .flatMap(java.util.Optional::stream)
                .toList();
        if (meant.size() > 1) {
            throw new CommandException("period '" + period + "': which of "
                    + String.join(", ", meant.stream().map(Period::id).toList()) + "?");
        }
        return meant.isEmpty()
                ? Period.parse(period)
                        .orElseThrow(() -> new CommandException("period '" + period + "': there is no such period"))
                : meant.getFirst();
    }

    private void print(ArchiveExport.Done done, boolean json) {
        if (json) {
            terminal.print(JsonNodeFactory.instance
                    .objectNode()
                    .put("directory", done.directory().toString())
                    .put("fresh", done.fresh())
                    .put("records", done.records())
                    .put("bytes", done.bytes()));
        } else {
            terminal.print(done.directory() + ": " + (done.fresh() ? "" : "was complete before, nothing was changed: ")
                    + done.records() + " records, " + done.bytes() + " bytes");
        }
    }

    @Command(
            name = "verify",
            description =
                    "Checks archives: signatures, the chain of periods, every file and every record. Needs no Kafka.")
    int verify(
            @Parameters(paramLabel = "DIR", description = "with a directory for each period") Path directory,
            @Option(
                            names = "--key",
                            paramLabel = "PEM",
                            description = "public key that signed; without it no signature is checked")
                    @Nullable
                    Path key,
            @Option(names = "--json", description = "print what was found as JSON") boolean json) {
        return told(() -> {
            ArchiveVerification.Found found = ArchiveVerification.of(
                    directory, key == null ? null : TrustedKeys.key(key).key(), terminal::progress);
            if (json) {
                ObjectNode result = JsonNodeFactory.instance
                        .objectNode()
                        .put("periods", found.periods())
                        .put("files", found.files())
                        .put("records", found.records())
                        .put("signatures", key != null)
                        .put("head", found.head());
                found.faults().forEach(result.putArray("faults")::add);
                terminal.print(result);
            } else {
                found.faults().forEach(terminal::print);
                terminal.print(
                        (found.faults().isEmpty() ? "whole: " : found.faults().size() + " faults: ")
                                + found.periods() + " periods, " + found.files() + " files, " + found.records()
                                + " records"
                                + (key == null ? "; signatures were NOT checked, for there is no --key" : "")
                                + "; the last manifest is " + found.head());
            }
            return found.faults().isEmpty() ? 0 : FOUND_FAULTS;
        });
    }

    @Command(
            name = "show",
            description = "Shows the records of an archive, decoded, a line of JSON each. Needs no Kafka.")
    int show(
            @Parameters(paramLabel = "DIR", description = "with a directory for each period") Path directory,
            @Parameters(paramLabel = "PERIOD", description = "as it was exported") String period,
            @Option(names = "--topic", paramLabel = "TOPIC", defaultValue = "", description = "only this topic")
                    String topic,
            @Option(
                            names = "--grep",
                            paramLabel = "TEXT",
                            defaultValue = "",
                            description = "only records with it, such as a call id")
                    String text,
            @Option(
                            names = "--keys",
                            paramLabel = "FILE",
                            description = "puts phone numbers back, masked; without it their ciphertext is shown")
                    @Nullable
                    Path keyFile,
            @Option(names = "--numbers", description = "with --keys: shows phone numbers in full") boolean numbers) {
        Period which = Period.parse(period)
                .orElseThrow(() -> new CommandException("period '" + period + "': there is no such period"));
        return told(() -> {
            NumberKeys keys = keyFile == null ? null : NumberKeys.read(keyFile);
            new ArchiveShow(directory, keys, !numbers).period(which, topic, text, terminal::print);
            return 0;
        });
    }

    @Command(
            name = "erase",
            description = {
                "Destroys the key to the phone numbers of a carrier's calls of one month, in all archives, for good.",
                "The archives themselves do not change: they still verify, and statements replay from them."
            })
    int erase(
            @Option(names = "--carrier", required = true, paramLabel = "C", description = "the originating carrier")
                    String carrier,
            @Option(
                            names = "--month",
                            required = true,
                            paramLabel = "YYYY-MM",
                            description = "in which the calls began, UTC")
                    String month,
            @Mixin KeyFile keyFile,
            @Option(
                            names = "--archives",
                            paramLabel = "DIR",
                            description = "the archives that are meant: refused when another key file hides them")
                    @Nullable
                    Path archives,
            @Option(names = "--by", required = true, paramLabel = "NAME", description = "who asks") String by,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why") String reason) {
        YearMonth of = month(month);
        return told(() -> {
            ErasureLog log = new ErasureLog(keyFile.keys, clock, terminal::progress);
            if (archives != null) {
                log.requireHides(archives);
            }
            ErasureLog.Erasure done = log.erase(carrier, of, by, reason);
            terminal.print("the numbers of calls from " + done.carrier() + " in " + done.month()
                    + " are erased, in all archives whose key file has id " + done.keyFile());
            return 0;
        });
    }

    private static YearMonth month(String month) {
        try {
            return YearMonth.parse(month);
        } catch (DateTimeException e) {
            throw new CommandException("--month '" + month + "': must be yyyy-MM");
        }
    }

    @Command(
            name = "erasures",
            description = "Lists what was erased, when, by whom and why; checks that the list is whole.")
    int erasures(@Mixin KeyFile keyFile) {
        return told(() -> {
            TextTable table = new TextTable("carrier", "month", "at", "by", "reason");
            new ErasureLog(keyFile.keys, clock, terminal::progress)
                    .entries()
                    .forEach(
                            entry -> table.row(entry.carrier(), entry.month(), entry.at(), entry.by(), entry.reason()));
            terminal.print(table.toString());
            return 0;
        });
    }

    private static int told(Supplier<Integer> work) {
        try {
            return work.get();
        } catch (ArchiveException | KeyException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
    }
}
