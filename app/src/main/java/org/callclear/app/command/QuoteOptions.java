package org.callclear.app.command;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Currency;
import org.callclear.schemas.avro.IncrementAnchor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which call a price is asked for, and by what. */
final class QuoteOptions {
    private static final String USUAL_CURRENCY = "EUR";
    private static final int MILLIS = 1000;
    private static final long LONGEST_MILLIS = 366L * 86_400 * MILLIS;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private By by = new By();

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Talk talk = new Talk();

    @Option(names = "--called", paramLabel = "N", required = true, description = "called number, E.164 digits")
    private String called = "";

    @Option(names = "--answered", paramLabel = "T", required = true, description = "time of the answer, RFC 3339")
    private String answered = "";

    @Option(
            names = "--anchor",
            paramLabel = "ANCHOR",
            description = "with --deck: ${COMPLETION-CANDIDATES} (default: AFTER_INITIAL)")
    private @Nullable IncrementAnchor anchor;

    @Option(
            names = "--currency",
            paramLabel = "CUR",
            description = "with --deck: its currency (default: as the file says, else " + USUAL_CURRENCY + ")")
    private @Nullable String currency;

    /** A contract of a system, or a file. */
    static final class By {
        @Option(names = "--contract", paramLabel = "C", description = "a contract, with the deck it prices by")
        private @Nullable String contract;

        @Option(names = "--deck", paramLabel = "FILE", description = "rate deck, CSV; needs no system")
        private @Nullable Path deck;
    }

    /** How long. */
    static final class Talk {
        @Option(names = "--seconds", paramLabel = "S", description = "seconds talked, milliseconds as decimals")
        private @Nullable BigDecimal seconds;

        @Option(names = "--milliseconds", paramLabel = "MS", description = "the same in milliseconds")
        private @Nullable Long milliseconds;
    }

    /** The file to price by; null when a contract was named. */
    @Nullable
    Path deck() {
        return by.deck;
    }

    /** The contract to price by. */
    String contract() {
        if (anchor != null || currency != null) {
            throw new CommandException((anchor != null ? "--anchor" : "--currency")
                    + ": goes with --deck; with --contract the contract says it");
        }
        return String.valueOf(by.contract);
    }

    /** From where a file's increments are counted. */
    IncrementAnchor anchor() {
        return anchor == null ? IncrementAnchor.AFTER_INITIAL : anchor;
    }

    /**
     * The currency of a file's rates.
     *
     * @param said by the file itself; empty when it says none
     * @throws CommandException when another one was given, or there is no such currency
     */
    String currency(String said) {
        if (currency == null) {
            return said.isEmpty() ? USUAL_CURRENCY : said;
        }
        if (!isCurrency(currency)) {
            throw new CommandException("--currency '" + currency + "': no such currency in ISO 4217");
        }
        if (!said.isEmpty() && !said.equals(currency)) {
            throw new CommandException(
                    "--currency '" + currency + "': the file says " + said + " in its column currency");
        }
        return currency;
    }

    private static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(known -> known.getCurrencyCode().equals(code));
    }

    /** The called number. */
    String digits() {
        String digits = called.startsWith("+") ? called.substring(1) : called;
        if (!digits.matches("[1-9][0-9]{0,14}")) {
            throw new CommandException("--called: must be E.164 digits, 15 at most, the first not 0");
        }
        return digits;
    }

    /** When it was answered. */
    Instant answered() {
        try {
            return OffsetDateTime.parse(answered).toInstant();
        } catch (DateTimeException e) {
            throw new CommandException(
                    "--answered '" + answered + "': must be a time such as 2026-01-01T00:00:00.000Z");
        }
    }

    /** How long both talked. */
    long talkedMillis() {
        if (talk.seconds != null) {
            return millis("--seconds", talk.seconds, talk.seconds.multiply(BigDecimal.valueOf(MILLIS)));
        }
        BigDecimal given = BigDecimal.valueOf(talk.milliseconds == null ? 0 : talk.milliseconds);
        return millis("--milliseconds", given, given);
    }

    private static long millis(String option, BigDecimal given, BigDecimal millis) {
        if (millis.signum() < 0
                || millis.compareTo(BigDecimal.valueOf(LONGEST_MILLIS)) > 0
                || millis.stripTrailingZeros().scale() > 0) {
            throw new CommandException(option + " '" + given
                    + "': must not be negative, not more than a year, and have no more than milliseconds");
        }
        return millis.longValueExact();
    }
}
