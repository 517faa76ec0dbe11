package org.callclear.clearinghouse.reference;

import java.time.Instant;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.rating.ContractTerms;
import org.callclear.schemas.rating.RateDeck;
import org.jspecify.annotations.Nullable;

/**
 * A contract and the deck it prices by.
 *
 * @param deck null while no revision of the deck is complete
 */
public record Tariff(Contract contract, @Nullable RateDeck deck) {
    /**
     * What a call to the number costs when it is answered now.
     *
     * @param horizon when it is over at the latest
     */
    public Quote quote(E164Number called, Instant at, Instant horizon) {
        if (deck == null) {
            return new Quote.Unrated();
        }
        return switch (ContractTerms.of(contract, deck, called.digits(), at, horizon)) {
            case ContractTerms.Rated rated -> new Quote.Priced(rated.terms());
            case ContractTerms.Blocked blocked ->
                new Quote.Blocked(blocked.row().getDestination());
            case ContractTerms.Unrated none -> new Quote.Unrated();
        };
    }
}
