package org.callclear.app.settling;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.callclear.app.reference.ReferenceTopics;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.settlement.net.Books;
import org.callclear.settlement.net.Conversion;
import org.callclear.settlement.net.NettingResult;
import org.callclear.settlement.net.PaymentRun;
import org.callclear.settlement.net.RateBook;
import org.callclear.settlement.net.Span;
import org.jspecify.annotations.Nullable;

/**
 * A closed period netted, in each currency by itself.
 *
 * @param period the period
 * @param currencies by code; those in which nothing is open or withheld are left out
 * @param contracts that name minimum payments
 */
public record NettingReport(Span period, List<CurrencyNetting> currencies, Collection<Contract> contracts) {
    /**
     * All of it brought together in one currency.
     *
     * @param conversion how the positions were converted
     * @param run what is paid then, and what is less than the minimum in that currency
     */
    public record InOneCurrency(Conversion.Converted conversion, PaymentRun run) {}

    /** Copies the list. */
    public NettingReport {
        currencies = List.copyOf(currencies);
    }

    /**
     * Reads what is needed and nets the period.
     *
     * @param only one currency; null for all
     * @throws SettlingException when the period is not closed for every carrier, or something cannot be read
     */
    public static NettingReport read(KafkaAccess access, Span period, @Nullable String only) {
        // Statements first: what they close is in the postings by then.
        List<Statement> statements = Statements.all(access);
        Books books = PostingReader.read(access, new Books(period));
        return of(books, statements, ReferenceTopics.read(access).contracts().values(), only);
    }

    /**
     * The same from what was read.
     *
     * @throws SettlingException when the period is not closed for every carrier
     */
    public static NettingReport of(
            Books books, Collection<Statement> statements, Collection<Contract> contracts, @Nullable String only) {
        List<String> faults = ClosedCheck.faults(books.netted(), books.periods(), statements);
        if (!faults.isEmpty()) {
            throw new SettlingException(String.join("\n", faults), null);
        }
        SortedSet<String> all = books.currencies();
        return new NettingReport(
                books.netted(),
                all.stream()
                        .filter(currency -> only == null || only.equals(currency))
                        .map(currency -> CurrencyNetting.of(currency, books, MinimumPayments.in(currency, contracts)))
                        .toList(),
                List.copyOf(contracts));
    }

    /**
     * Brings all currencies together.
     *
     * @throws SettlingException when rates are missing; it names all of them
     */
    public InOneCurrency in(String target, RateBook rates) {
        List<NettingResult> results =
                currencies.stream().map(CurrencyNetting::result).toList();
        return switch (Conversion.of(results, target, period.last(), rates)) {
            case Conversion.Converted converted -> {
                Map<String, BigDecimal> minimums = MinimumPayments.in(target, contracts);
                yield new InOneCurrency(converted, PaymentRun.of(target, converted.positions(), minimums));
            }
            case Conversion.Refused refused ->
                throw new SettlingException(
                        refused.missing().stream()
                                .map(pair -> "no rate from " + pair.from() + " to " + pair.to() + " that is dated "
                                        + pair.day() + " or at most " + RateBook.OLDEST_DAYS + " days before")
                                .collect(Collectors.joining("\n")),
                        null);
        };
    }
}
