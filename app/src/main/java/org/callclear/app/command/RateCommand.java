package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.List;
import org.callclear.app.reference.DeckFile;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.money.ExactAmount;
import org.callclear.schemas.rating.Billing;
import org.callclear.schemas.rating.RateChoice;
import org.callclear.schemas.rating.RateDeck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rate quote}. */
@Command(name = "rate", description = "Prices of calls.")
final class RateCommand {
    private static final int MILLIS = 1000;

    private final Terminal terminal;

    RateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "quote",
            description = "The price of one call by a rate deck, and how it came about. Works on a CSV file alone.")
    int quote(
            @Option(names = "--deck", paramLabel = "FILE", required = true, description = "rate deck, CSV") Path deck,
            @Option(names = "--called", paramLabel = "N", required = true, description = "called number, E.164 digits")
                    String called,
            @Option(
                            names = "--answered",
                            paramLabel = "T",
                            required = true,
                            description = "time of the answer, RFC 3339")
                    String answered,
            @Option(
                            names = "--seconds",
                            paramLabel = "S",
                            required = true,
                            description = "seconds talked, milliseconds as decimals")
                    BigDecimal seconds,
            @Option(
                            names = "--anchor",
                            paramLabel = "ANCHOR",
                            defaultValue = "AFTER_INITIAL",
                            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
                    IncrementAnchor anchor,
            @Option(
                            names = "--currency",
                            paramLabel = "C",
                            defaultValue = "EUR",
                            description = "currency of the deck (default: ${DEFAULT-VALUE})")
                    String currency,
            @Option(names = "--json", description = "print one JSON object") boolean json) {
        String digits = digits(called);
        Instant at = instant(answered);
        long talked = millis(seconds);
        Currency unit = currency(currency);
        List<RateRow> rows = ReferenceCommand.good(DeckFile.read(deck, DeckFile.Overlaps.ALLOWED));
        RateDeck rates = RateDeck.of("quoted", 1, rows);
        ObjectNode result = quote(rates.choose(digits, at), talked, anchor, unit);
        if (json) {
            terminal.print(result);
        } else {
            TextTable table = new TextTable("", "");
            result.properties()
                    .forEach(field -> table.row(
                            field.getKey(),
                            field.getValue().isNull() ? "-" : field.getValue().asText()));
            terminal.print(table.toString().strip().indent(2).stripTrailing());
        }
        return 0;
    }

    private static ObjectNode quote(RateChoice choice, long talked, IncrementAnchor anchor, Currency currency) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        switch (choice) {
            case RateChoice.Rated rated -> {
                RateTerms terms = terms(rated.row(), anchor, currency);
                long billed = Billing.billedSeconds(talked, terms);
                ExactAmount exact = Billing.price(billed, terms);
                result.put("status", "RATED").put("prefix", rated.row().getPrefix());
                result.put("billedSeconds", billed).put("exactPrice", exact.toExactString());
                result.put("price", Billing.posted(exact, terms).toPlainString());
                result.put("currency", currency.getCurrencyCode());
                result.put("destination", rated.row().getDestination());
                result.put("ratePerMinute", rated.row().getRatePerMinute().toPlainString());
            }
            case RateChoice.Blocked blocked ->
                unpriced(result, "BLOCKED", currency)
                        .put("prefix", blocked.row().getPrefix())
                        .put("destination", blocked.row().getDestination());
            case RateChoice.Unrated unrated -> unpriced(result, "UNRATED", currency);
        }
        return result;
    }

    private static ObjectNode unpriced(ObjectNode result, String status, Currency currency) {
        result.put("status", status).putNull("prefix").putNull("billedSeconds").putNull("exactPrice");
        return result.putNull("price").put("currency", currency.getCurrencyCode());
    }

    private static RateTerms terms(RateRow row, IncrementAnchor anchor, Currency currency) {
        return RateTerms.newBuilder()
                .setContract("quote")
                .setContractRevision(1)
                .setDeck("quoted")
                .setDeckRevision(1)
                .setPrefix(row.getPrefix())
                .setDestination(row.getDestination())
                .setRatePerMinute(row.getRatePerMinute())
                .setCurrency(currency.getCurrencyCode())
                .setInitialSeconds(row.getInitialSeconds())
                .setIncrementSeconds(row.getIncrementSeconds())
                .setConnectFee(row.getConnectFee())
                .setIncrementAnchor(anchor)
                .build();
    }

    private static String digits(String called) {
        String digits = called.startsWith("+") ? called.substring(1) : called;
        if (!digits.matches("[1-9][0-9]{0,14}")) {
            throw new CommandException("--called: must be E.164 digits, 15 at most, the first not 0");
        }
        return digits;
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new CommandException("--answered '" + text + "': must be a time such as 2026-01-01T00:00:00.000Z");
        }
    }

    private static long millis(BigDecimal seconds) {
        try {
            long millis = seconds.multiply(BigDecimal.valueOf(MILLIS)).longValueExact();
            if (millis >= 0) {
                return millis;
            }
        } catch (ArithmeticException e) {
            // Said below.
        }
        throw new CommandException(
                "--seconds '" + seconds + "': must not be negative, and have no more than milliseconds");
    }

    private static Currency currency(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new CommandException("--currency '" + code + "': no such currency in ISO 4217");
        }
    }
}
