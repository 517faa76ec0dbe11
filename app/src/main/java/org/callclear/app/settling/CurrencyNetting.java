package org.callclear.app.settling;

import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.callclear.settlement.net.Books;
import org.callclear.settlement.net.Netting;
import org.callclear.settlement.net.NettingResult;
import org.callclear.settlement.net.PaymentRun;

/**
 * A period netted in one currency. In all maps plus: receives, minus: pays.
 *
 * @param result exact
 * @param run what is paid now and what is carried forward
 * @param broughtForward by carrier, what is open from before; it is part of the positions
 * @param withheld by carrier, what is disputed; it is part of nothing
 * @param settled by carrier, what stands in the books as paid for this very netting; empty until it is posted
 * @param nettedLater later periods that are netted already
 */
public record CurrencyNetting(
        NettingResult result,
        PaymentRun run,
        SortedMap<String, BigDecimal> broughtForward,
        SortedMap<String, BigDecimal> withheld,
        SortedMap<String, BigDecimal> settled,
        SortedSet<String> nettedLater) {

    static CurrencyNetting of(String currency, Books books, Map<String, BigDecimal> minimums) {
        NettingResult result = Netting.in(currency, books.obligations(currency));
        return new CurrencyNetting(
                result,
                PaymentRun.of(currency, result.positions(), minimums),
                books.broughtForward(currency),
                books.withheld(currency),
                books.settled(currency),
                books.nettedLater(currency));
    }

    /** ISO 4217. */
    public String currency() {
        return result.currency();
    }

    /** What a participant has open from before; the clearinghouse has the other end of all of it. */
    public BigDecimal broughtForward(String participant) {
        return participant.equals(Netting.CLEARINGHOUSE)
                ? broughtForward.values().stream()
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .negate()
                : broughtForward.getOrDefault(participant, BigDecimal.ZERO);
    }
}
