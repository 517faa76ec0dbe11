package org.callclear.app.settling;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.PostingKind;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.Statement;
import org.callclear.settlement.net.Books;
import org.callclear.settlement.net.Span;
import org.jspecify.annotations.Nullable;

/** Books, statements and contracts in memory, as a story tells them. */
public final class Ledgers {
    private final List<LedgerEntry> entries = new ArrayList<>();
    private final List<Statement> statements = new ArrayList<>();
    private final List<Contract> contracts = new ArrayList<>();

    /** The example of the shared vectors: every call costs what its termination costs. */
    public static Ledgers vector() {
        return new Ledgers()
                .calls("a1", "b1", "120", "120", "EUR", "2026-11")
                .calls("b1", "a1", "80", "80", "EUR", "2026-11")
                .calls("b1", "c1", "100", "100", "EUR", "2026-11")
                .calls("c1", "b1", "30", "30", "EUR", "2026-11")
                .calls("c1", "a1", "90", "90", "EUR", "2026-11")
                .calls("a1", "c1", "20", "20", "EUR", "2026-11")
                .closed("2026-11", "a1", "b1", "c1");
    }

    /** Calls from a carrier to another that cost the one so much and are worth so much to the other. */
    public Ledgers calls(String from, String to, String owed, String due, String currency, String period) {
        post("carrier:" + from, PostingKind.RECEIVABLE, to, owed, currency, period);
        return post("carrier:" + to, PostingKind.PAYABLE, from, "-" + due, currency, period);
    }

    /** Calls that one says took place and the other does not. */
    public Ledgers disputed(String from, String to, String owed, String due, String period) {
        post("suspense:" + from, PostingKind.SUSPENSE, to, owed, "EUR", period);
        return post("suspense:" + to, PostingKind.SUSPENSE, from, "-" + due, "EUR", period);
    }

    /** What a netting posted for a carrier: a plus is what it received. */
    public Ledgers paid(String netted, String carrier, String amount) {
        return add("settlement/" + netted + "/EUR/" + carrier, "carrier:" + carrier, PostingKind.SETTLEMENT, amount);
    }

    /** Every carrier named gets its statement. */
    public Ledgers closed(String period, String... carriers) {
        ByteBuffer none = ByteBuffer.allocate(0);
        for (String carrier : carriers) {
            statements.add(new Statement(carrier + "-" + period + "-1", carrier, period, 1L, none, none));
        }
        return this;
    }

    /** A contract with a minimum payment. */
    public Ledgers minimum(String carrier, Role side, String currency, String minimum) {
        contracts.add(Contract.newBuilder()
                .setId(carrier + "-" + contracts.size())
                .setCarrier(carrier)
                .setSide(side)
                .setCurrency(currency)
                .setDeck("deck")
                .setRevision(1)
                .setMinimumPayment(new BigDecimal(minimum).setScale(6))
                .build());
        return this;
    }

    /** The period netted. */
    public NettingReport net(String period, @Nullable String currency) {
        Books books = new Books(Span.of(period));
        entries.forEach(books::add);
        return NettingReport.of(books, statements, contracts, currency);
    }

    private Ledgers post(
            String account, PostingKind kind, String counterparty, String amount, String currency, String period) {
        entries.add(entry("call/1", account, kind, counterparty, amount, currency, period));
        return this;
    }

    private Ledgers add(String entry, String account, PostingKind kind, String amount) {
        entries.add(entry(entry, account, kind, "", amount, "EUR", "2026-12"));
        return this;
    }

    private static LedgerEntry entry(
            String entry,
            String account,
            PostingKind kind,
            String counterparty,
            String amount,
            String currency,
            String period) {
        Posting posting = new Posting(
                account, kind, counterparty, new BigDecimal(amount).setScale(6), currency, period, null, 0L, 0L);
        return LedgerEntry.newBuilder()
                .setEntryId(entry)
                .setCallId("")
                .setLeg(0)
                .setAnsweredAt(Instant.EPOCH)
                .setPostings(List.of(posting))
                .build();
    }
}
