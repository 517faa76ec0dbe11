package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.callclear.app.reference.Checked;
import org.callclear.app.reference.ExchangeRateFile;
import org.callclear.app.reference.Fault;
import org.callclear.app.settling.NettingReport;
import org.callclear.app.settling.SettlingException;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.settlement.net.MinorUnits;
import org.callclear.settlement.net.RateBook;
import org.callclear.settlement.net.Span;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code net}. */
@Command(
        name = "net",
        description = "Sets off what carriers owe one another up to the end of a closed period, in each currency.")
final class NetCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Mixin
    private final Target target = new Target();

    @Parameters(paramLabel = "PERIOD", description = "yyyy-MM, yyyy-Www or yyyy-MM-dd")
    private String period = "";

    @Option(names = "--currency", paramLabel = "C", description = "only this currency (default: all)")
    private @Nullable String currency;

    @ArgGroup(exclusive = false)
    private @Nullable Converting converting;

    @ArgGroup(exclusive = false)
    private @Nullable Posting posting;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    /** To bring all currencies together. */
    static final class Converting {
        @Option(
                names = "--convert",
                paramLabel = "C",
                required = true,
                description = "also show all currencies together in this one")
        private String into = "";

        @Option(
                names = "--rates",
                paramLabel = "FILE",
                required = true,
                description = "exchange rates, CSV: date,from,to,rate")
        private Path rates = Path.of("");
    }

    /** To have the payments stand in the books. */
    static final class Posting {
        @Option(names = "--post", required = true, description = "tell settlement that the payments are made")
        private boolean asked;

        @Option(names = "--by", paramLabel = "NAME", required = true, description = "who says so")
        private String by = "";

        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why")
        private String reason = "";
    }

    NetCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Span span = span();
        if (currency != null) {
            requireCurrency("--currency", currency);
        }
        RateBook rates = converting == null ? RateBook.of(List.of()) : rates(converting);
        requirePostable();
        KafkaAccess access = target.access();
        try {
            NettingReport report = NettingReport.read(access, span, currency);
            print(report, converting == null ? null : report.in(converting.into, rates), access);
        } catch (SettlingException e) {
            throw new CommandException(String.valueOf(e.getMessage()).lines().toList());
        }
        return 0;
    }

    private void print(NettingReport report, NettingReport.@Nullable InOneCurrency together, KafkaAccess access) {
        ObjectNode result = NettingJson.of(report);
        if (together != null) {
            result.set("converted", NettingJson.of(together));
        }
        if (!json) {
            terminal.print(NettingText.of(report));
            if (together != null) {
                terminal.print("\n" + NettingText.of(together));
            }
        }
        List<String> refused = posting == null || !posting.asked
                ? List.of()
                : new NettingPosting(terminal, clock, json)
                        .post(report, access, posting.by, posting.reason, result.putArray("posted"));
        if (json) {
            terminal.print(result);
        }
        if (!refused.isEmpty()) {
            throw new CommandException(refused);
        }
    }

    private Span span() {
        try {
            Span span = Span.of(period);
            if (span.name().equals(period)) {
                return span;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new CommandException("period '" + period + "': must be yyyy-MM, yyyy-Www or yyyy-MM-dd, without a zone");
    }

    private void requirePostable() {
        if (posting == null || !posting.asked) {
            return;
        }
        if (converting != null) {
            throw new CommandException("--post: payments stand in the books in the currency they are owed in;"
                    + " a conversion is only shown: leave --convert out");
        }
        if (posting.by.isBlank() || posting.reason.isBlank()) {
            throw new CommandException("--post: --by and --reason must not be empty");
        }
    }

    private static RateBook rates(Converting converting) {
        requireCurrency("--convert", converting.into);
        return switch (ExchangeRateFile.read(converting.rates)) {
            case Checked.Good<RateBook> good -> good.value();
            case Checked.Bad<RateBook> bad ->
                throw new CommandException(
                        bad.faults().stream().map(Fault::toString).toList());
        };
    }

    private static void requireCurrency(String option, String code) {
        try {
            MinorUnits.digits(code);
        } catch (IllegalArgumentException e) {
            throw new CommandException(option + " '" + code + "': no such currency in ISO 4217");
        }
    }
}
