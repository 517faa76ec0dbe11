package org.callclear.app.rerating;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.PricedLeg;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.rating.Billing;
import org.callclear.schemas.rating.ContractTerms;
import org.callclear.schemas.rating.Price;
import org.callclear.schemas.rating.RateDeck;
import org.jspecify.annotations.Nullable;

/**
 * Calls as settlement found them, made up for tests: acme originates by the contract {@code acme-out}, zenith terminates by
 * {@code zenith-in}.
 */
public final class Settled {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final Instant BEGIN = Instant.parse("2026-11-23T00:00:00Z");
    static final Instant END = Instant.parse("2026-11-24T00:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private String name = "c";
    private int leg;
    private String called = "4930123456";
    private String to = "zenith";
    private Instant answeredAt = NOON;
    private @Nullable Long settled = 60_000L;
    private @Nullable Long claimed;
    private @Nullable Long originatingMillis;
    private @Nullable Long terminatingMillis;
    private boolean attempt;
    private ReconciliationClass reconciliation = ReconciliationClass.MATCHED;
    private int revision = 1;
    private RateTerms owed = terms(contract(Role.ORIGINATING, 1), deck(1, "49", "0.012"));
    private RateTerms due = terms(contract(Role.TERMINATING, 1), deck(1, "49", "0.010"));

    private Settled() {}

    /** An imported call of a minute, at noon, at 0.012 and 0.010 EUR a minute. */
    public static Settled call(String name) {
        Settled call = new Settled();
        call.name = name;
        return call;
    }

    /** The contract of a side, all of whose settings are the usual ones. */
    public static Contract contract(Role side, long revision) {
        boolean originating = side == Role.ORIGINATING;
        return Contract.newBuilder()
                .setId(originating ? "acme-out" : "zenith-in")
                .setCarrier(originating ? "acme" : "zenith")
                .setSide(side)
                .setCurrency("EUR")
                .setDeck("wholesale")
                .setRevision(revision)
                .build();
    }

    /** A deck of one row, by the second, which has held for long. */
    public static RateDeck deck(long revision, String prefix, String rate) {
        return RateDeck.of("wholesale", revision, List.of(row(prefix, rate, RateStatus.ACTIVE_RATE)));
    }

    static RateRow row(String prefix, String rate, RateStatus status) {
        return RateRow.newBuilder()
                .setPrefix(prefix)
                .setDestination("Germany")
                .setRatePerMinute(new BigDecimal(rate).setScale(6))
                .setInitialSeconds(1)
                .setIncrementSeconds(1)
                .setConnectFee(BigDecimal.ZERO.setScale(6))
                .setValidFrom(LONG_AGO)
                .setStatus(status)
                .build();
    }

    static RateTerms terms(Contract contract, RateDeck deck) {
        if (ContractTerms.of(contract, deck, "4930123456", NOON, END) instanceof ContractTerms.Rated rated) {
            return rated.terms();
        }
        throw new AssertionError("the deck has no such row");
    }

    Settled authorized() {
        leg = 1;
        return this;
    }

    Settled to(String carrier) {
        to = carrier;
        return this;
    }

    public Settled called(String digits) {
        called = digits;
        return this;
    }

    /** When it was answered. */
    public Settled at(Instant instant) {
        answeredAt = instant;
        return this;
    }

    Settled seconds(long talked) {
        settled = talked * 1000;
        return this;
    }

    Settled claimed(@Nullable Long settledSeconds, long claimedSeconds) {
        settled = settledSeconds == null ? null : (Long) (settledSeconds * 1000);
        claimed = claimedSeconds * 1000;
        return this;
    }

    /** An imported one that had no price. */
    public Settled unrated() {
        settled = null;
        reconciliation = ReconciliationClass.UNRATED;
        originatingMillis = 61_000L;
        terminatingMillis = 60_000L;
        return this;
    }

    Settled attempt(RateTerms terms) {
        settled = null;
        attempt = true;
        owed = terms;
        return this;
    }

    Settled owedBy(RateTerms terms) {
        owed = terms;
        return this;
    }

    Settled revision(int number) {
        revision = number;
        return this;
    }

    String callId() {
        UUID hash = UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new UUID((hash.getMostSignificantBits() & ~0xf000L) | 0x7000L, hash.getLeastSignificantBits())
                .toString();
    }

    /** What settlement would have written. */
    public ReconciledCall found() {
        return ReconciledCall.newBuilder()
                .setCallId(callId())
                .setLeg(leg)
                .setTransactionId(leg == 0 ? null : "t")
                .setOriginatingCarrier("acme")
                .setTerminatingCarrier(to)
                .setCalled(called)
                .setReconciliation(reconciliation)
                .setAnsweredAt(answeredAt)
                .setOriginatingMillis(originatingMillis)
                .setTerminatingMillis(terminatingMillis)
                .setSettledMillis(settled)
                .setClaimedMillis(claimed)
                .setPeriod("2026-11")
                .setOrigination(priced(owed))
                .setTermination(priced(due))
                .setRevision(revision)
                .setAttempt(attempt)
                .build();
    }

    private @Nullable PricedLeg priced(RateTerms terms) {
        if (attempt) {
            var fee = Billing.attempt(terms);
            return new PricedLeg(
                    0L, new BigDecimal(fee.units()), Billing.posted(fee, terms), terms.getCurrency(), terms);
        }
        if (settled == null) {
            return null;
        }
        Price price = Billing.price(settled, answeredAt, terms);
        return new PricedLeg(
                price.billedSeconds(),
                new BigDecimal(price.exact().units()),
                Billing.posted(price.exact(), terms),
                terms.getCurrency(),
                terms);
    }
}
