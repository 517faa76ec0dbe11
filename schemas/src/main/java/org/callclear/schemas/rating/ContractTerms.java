package org.callclear.schemas.rating;

import java.time.Instant;
import org.callclear.schemas.avro.Agreement;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateTerms;

/** What a contract and its deck say of a number at an instant. Every terms of a call in the product come from here. */
public sealed interface ContractTerms {
    /** A price, whole: all that billing needs. */
    record Rated(RateTerms terms) implements ContractTerms {}

    /** The deck refuses the number. */
    record Blocked(RateRow row, long deckRevision) implements ContractTerms {}

    /** The deck has no row for the number. */
    record Unrated() implements ContractTerms {}

    /**
     * The terms of a call.
     *
     * @param deck the one that the contract prices by
     * @param digits the called number, E.164 digits
     * @param at the instant the row is chosen for
     * @param horizon when the call is over at the latest; only a contract that splits at rate changes looks so far, and
     *     changes from this instant on are left out
     */
    static ContractTerms of(Contract contract, RateDeck deck, String digits, Instant at, Instant horizon) {
        return switch (deck.choose(digits, at)) {
            case RateChoice.Unrated none -> new Unrated();
            case RateChoice.Blocked blocked -> new Blocked(blocked.row(), blocked.deckRevision());
            case RateChoice.Rated rated -> {
                RateTerms.Builder terms = terms(contract, deck.name(), rated);
                if (contract.getSplitAtRateChanges()) {
                    terms.setRateChanges(
                            RateChanges.after(at, rated.ratePerMinute(), horizon, new RateChanges.Asked(deck, digits)));
                }
                yield new Rated(terms.build());
            }
        };
    }

    private static RateTerms.Builder terms(Contract contract, String deck, RateChoice.Rated rated) {
        RateRow row = rated.row();
        return ofContract(contract)
                .setDeck(deck)
                .setDeckRevision(rated.deckRevision())
                .setPrefix(row.getPrefix())
                .setDestination(row.getDestination())
                .setRatePerMinute(row.getRatePerMinute())
                .setInitialSeconds(row.getInitialSeconds())
                .setIncrementSeconds(row.getIncrementSeconds())
                .setConnectFee(row.getConnectFee());
    }

    private static RateTerms.Builder ofContract(Contract contract) {
        return RateTerms.newBuilder()
                .setContract(contract.getId())
                .setContractRevision(contract.getRevision())
                .setCurrency(contract.getCurrency())
                .setDurationRounding(contract.getDurationRounding())
                .setIncrementAnchor(contract.getIncrementAnchor())
                .setRoundingLevel(contract.getRoundingLevel())
                .setRoundingRule(contract.getRoundingRule())
                .setRoundingScale(contract.getRoundingScale())
                .setFreeSeconds(contract.getFreeSeconds())
                .setFreeSecondsRule(contract.getFreeSecondsRule())
                .setMinimumCharge(contract.getMinimumCharge())
                .setAttemptFee(contract.getAttemptFee())
                .setPeriodLength(contract.getPeriodLength())
                .setPeriodZone(contract.getPeriodZone());
    }

    /** What a contract says about comparing reports. */
    static Agreement agreement(Contract contract) {
        return new Agreement(
                contract.getToleranceSeconds(),
                contract.getSettlingSide(),
                contract.getGate(),
                contract.getOneSidedDelaySeconds());
    }
}
