package org.callclear.clearinghouse.reference;

import java.time.Instant;
import java.util.Currency;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.rating.RateChoice;
import org.callclear.schemas.rating.RateDeck;
import org.jspecify.annotations.Nullable;

/**
 * A contract and the deck it prices by.
 *
 * @param deck null while no revision of the deck is complete
 */
public record Tariff(Contract contract, @Nullable RateDeck deck) {
    private static final int MOST_DECIMALS = 6;

    /** What a call to the number costs when it is answered now. */
    public Quote quote(E164Number called, Instant at) {
        if (deck == null) {
            return new Quote.Unrated();
        }
        return switch (deck.choose(called.digits(), at)) {
            case RateChoice.Rated rated -> new Quote.Priced(terms(rated.row(), deck));
            case RateChoice.Blocked blocked -> new Quote.Blocked(blocked.row().getDestination());
            case RateChoice.Unrated none -> new Quote.Unrated();
        };
    }

    private RateTerms terms(RateRow row, RateDeck from) {
        return RateTerms.newBuilder()
                .setContract(contract.getId())
                .setContractRevision(contract.getRevision())
                .setDeck(from.name())
                .setDeckRevision(from.revision())
                .setPrefix(row.getPrefix())
                .setDestination(row.getDestination())
                .setRatePerMinute(row.getRatePerMinute())
                .setCurrency(contract.getCurrency())
                .setInitialSeconds(row.getInitialSeconds())
                .setIncrementSeconds(row.getIncrementSeconds())
                .setConnectFee(row.getConnectFee())
                .setDurationRounding(contract.getDurationRounding())
                .setIncrementAnchor(contract.getIncrementAnchor())
                .setRoundingLevel(contract.getRoundingLevel())
                .setRoundingRule(contract.getRoundingRule())
                .setRoundingScale(contract.getRoundingScale())
                .build();
    }

    /** @throws IllegalArgumentException naming the field that cannot be used */
    static void check(Contract contract) {
        PartyName.require("contract id", contract.getId());
        PartyName.require("contract " + contract.getId() + ": carrier", new CarrierId(contract.getCarrier()).value());
        try {
            Currency.getInstance(contract.getCurrency());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "contract " + contract.getId() + ": currency '" + contract.getCurrency() + "': not ISO 4217", e);
        }
        if (contract.getRoundingScale() < 0 || contract.getRoundingScale() > MOST_DECIMALS) {
            throw new IllegalArgumentException("contract " + contract.getId() + ": roundingScale "
                    + contract.getRoundingScale() + ": must be 0 to " + MOST_DECIMALS);
        }
    }
}
