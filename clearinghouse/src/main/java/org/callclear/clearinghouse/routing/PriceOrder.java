package org.callclear.clearinghouse.routing;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.money.ExactAmount;
import org.callclear.schemas.rating.Billing;

/**
 * Cheapest first. What is compared is the exact price of one answered minute, fees, free seconds and increments included; then
 * the gateway's priority; then a hash of call and gateway, which shares calls out evenly and is the same each time the
 * same call is asked about.
 *
 * <p>Prices in two currencies cannot be compared, and no rate of exchange stands in any contract. So offers in the
 * currency that the originating carrier pays in come first, then the others by currency code.
 */
final class PriceOrder {
    private static final long MINUTE_MILLIS = 60_000;

    private record Ranked(Offer offer, ExactAmount minute, boolean home, long hash) {}

    private static final Comparator<Ranked> ORDER = Comparator.comparing(Ranked::home, Comparator.reverseOrder())
            .thenComparing(ranked -> ranked.minute().currency().getCurrencyCode())
            .thenComparing(ranked -> ranked.minute().units())
            .thenComparingInt(ranked -> ranked.offer().gateway().priority())
            .thenComparingLong(Ranked::hash)
            .thenComparing(ranked -> ranked.offer().gateway().id());

    private PriceOrder() {}

    /** @param now when the minute would begin: a rate may change soon */
    static List<Offer> sorted(List<Offer> offers, CallId call, String homeCurrency, Instant now) {
        return offers.stream()
                .map(offer -> rank(offer, call, homeCurrency, now))
                .sorted(ORDER)
                .map(Ranked::offer)
                .toList();
    }

    private static Ranked rank(Offer offer, CallId call, String homeCurrency, Instant now) {
        ExactAmount minute = Billing.price(MINUTE_MILLIS, now, offer.terms()).exact();
        boolean home = offer.terms().getCurrency().equals(homeCurrency);
        return new Ranked(offer, minute, home, hash(call, offer.gateway().id().value()));
    }

    /** FNV-1a over the gateway's name, seeded with the call, then mixed (the finisher of SplitMix64). */
    private static long hash(CallId call, String gateway) {
        long h = call.value().getMostSignificantBits() * 31 + call.value().getLeastSignificantBits();
        for (int i = 0; i < gateway.length(); i++) {
            h = (h ^ gateway.charAt(i)) * 0x100000001b3L;
        }
        h = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L;
        h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
        return h ^ (h >>> 31);
    }
}
