package org.callclear.systemtests.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import org.callclear.schemas.avro.RateTerms;
import org.jspecify.annotations.Nullable;

/** What has been posted: by statement and kind of call, and by account. Grows by adding; nothing is taken out. */
final class Ledger {
    /** A statement of a carrier; the period is its first day. */
    record Page(String carrier, PlainCalendar calendar, LocalDate period) {}

    /** What calls must have in common to be added up. */
    record Cell(
            String kind,
            String side,
            String counterparty,
            String destination,
            String prefix,
            String rate,
            String currency,
            String level,
            String rule,
            int scale,
            String contract,
            String deck,
            LocalDate day,
            String found) {}

    /** What they come to. */
    record Sums(long calls, long seconds, long billed, Fraction exact, Fraction posted) {
        Sums plus(Sums other) {
            return new Sums(
                    calls + other.calls,
                    seconds + other.seconds,
                    billed + other.billed,
                    exact.plus(other.exact),
                    posted.plus(other.posted));
        }

        boolean isNothing() {
            return calls == 0 && seconds == 0 && billed == 0 && exact.isZero() && posted.isZero();
        }
    }

    /** Of an account's lines. */
    record Account(String account, String currency, String period, String kind) {
        String text() {
            return String.join(" ", account, currency, period, kind);
        }
    }

    /** By page, then by cell. */
    final Map<Page, Map<Cell, Sums>> pages = new HashMap<>();

    /** Sums of postings; those that come to 0 are left out. */
    final Map<Account, Fraction> accounts = new HashMap<>();

    /** The same sums for each attempt, by call id, slash, leg. */
    final Map<String, Map<Account, Fraction>> attempts = new HashMap<>();

    private String attempt = "";

    /** Posts an entry of an attempt, or takes it back when {@code times} is -1, while those periods are open. */
    void post(String attempt, PlainEntry entry, int times, Map<PlainCalendar, LocalDate> open) {
        this.attempt = attempt;
        post(entry, entry.origination(), "ORIGINATING", times, open);
        post(entry, entry.termination(), "TERMINATING", times, open);
    }

    private void post(
            PlainEntry entry, @Nullable RateTerms terms, String side, int times, Map<PlainCalendar, LocalDate> open) {
        if (terms == null) {
            return;
        }
        boolean owes = side.equals("ORIGINATING");
        String carrier = owes ? entry.from() : entry.to();
        Page page = page(carrier, terms, entry.ratedAt(), open);
        String period = page.calendar().name(page.period());
        int sign = owes ? times : -times;
        PlainPrice price = entry.price(terms);
        if (price != null) {
            String kind = entry.attempt() ? "ATTEMPTS" : "CALLS";
            add(page, cell(kind, side, owes ? entry.to() : entry.from(), terms, entry.ratedAt(), ""), price, times);
            pair(
                    carrier,
                    terms,
                    period,
                    owes ? "RECEIVABLE" : "PAYABLE",
                    price.posted().times(sign));
        }
        if (entry.claimed() != null) {
            PlainPrice withheld = entry.withheld(terms);
            add(
                    page,
                    cell(
                            "DISPUTED",
                            side,
                            owes ? entry.to() : entry.from(),
                            terms,
                            entry.ratedAt(),
                            Objects.requireNonNull(entry.found())),
                    withheld,
                    times);
            Fraction amount = withheld.posted().times(sign);
            callLine(new Account("suspense:" + carrier, terms.getCurrency(), period, "SUSPENSE"), amount);
            callLine(new Account("clearinghouse:suspense", terms.getCurrency(), period, "SUSPENSE"), amount.negated());
        }
    }

    private void pair(String carrier, RateTerms terms, String period, String kind, Fraction amount) {
        callLine(new Account("carrier:" + carrier, terms.getCurrency(), period, kind), amount);
        callLine(new Account("clearinghouse:fee", terms.getCurrency(), period, "FEE"), amount.negated());
    }

    /** The later of the open period and the one that the instant falls in. */
    private static Page page(String carrier, RateTerms terms, Instant ratedAt, Map<PlainCalendar, LocalDate> open) {
        PlainCalendar calendar = PlainCalendar.of(terms);
        LocalDate own = calendar.periodOf(calendar.dayOf(ratedAt));
        LocalDate standing = open.get(calendar);
        return new Page(carrier, calendar, standing != null && standing.isAfter(own) ? standing : own);
    }

    private static Cell cell(
            String kind, String side, String counterparty, RateTerms terms, Instant ratedAt, String found) {
        return new Cell(
                kind,
                side,
                counterparty,
                terms.getDestination(),
                terms.getPrefix(),
                Fraction.of(terms.getRatePerMinute()).fixed(6),
                terms.getCurrency(),
                terms.getRoundingLevel().name(),
                terms.getRoundingRule().name(),
                terms.getRoundingScale(),
                terms.getContract() + "@" + terms.getContractRevision(),
                terms.getDeck() + "@" + terms.getDeckRevision(),
                PlainCalendar.of(terms).dayOf(ratedAt),
                found);
    }

    private void add(Page page, Cell cell, PlainPrice price, int times) {
        Sums sums = new Sums(
                times,
                times * price.seconds(),
                times * price.billed(),
                price.exact().times(times),
                price.posted().times(times));
        put(pages.computeIfAbsent(page, any -> new HashMap<>()), cell, sums, Sums::plus, Sums::isNothing);
    }

    private void callLine(Account account, Fraction amount) {
        line(account, amount);
        put(
                attempts.computeIfAbsent(attempt, any -> new HashMap<>()),
                account,
                amount,
                Fraction::plus,
                Fraction::isZero);
    }

    /** Adds to an account. */
    void line(Account account, Fraction amount) {
        put(accounts, account, amount, Fraction::plus, Fraction::isZero);
    }

    private static <K, V> void put(Map<K, V> map, K key, V more, BinaryOperator<V> plus, Predicate<V> isNothing) {
        V standing = map.get(key);
        V sum = standing == null ? more : plus.apply(standing, more);
        if (isNothing.test(sum)) {
            map.remove(key);
        } else {
            map.put(key, sum);
        }
    }

    /** The sums of postings as text, sorted; those of attempts begin with the attempt. */
    Map<String, String> accountTexts() {
        Map<String, String> texts = new TreeMap<>();
        accounts.forEach((account, sum) -> texts.put(account.text(), sum.fixed(6)));
        attempts.forEach(
                (own, sums) -> sums.forEach((account, sum) -> texts.put(own + " " + account.text(), sum.fixed(6))));
        return texts;
    }

    @Nullable
    Map<Cell, Sums> cells(Page page) {
        return pages.get(page);
    }
}
