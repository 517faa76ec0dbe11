package org.callclear.app.reference;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.IncrementAnchor;

/**
 * What the contracts that price by a deck ask of it.
 *
 * @param contracts in the order of their ids
 */
record DeckTerms(List<Contract> contracts) {
    static DeckTerms of(String deck, ReferenceData known) {
        return new DeckTerms(known.contracts().values().stream()
                .filter(contract -> contract.getDeck().equals(deck))
                .toList());
    }

    /** The longest notice of increases, days; 0 when none is agreed. */
    int noticeDays() {
        return contracts.stream().mapToInt(Contract::getNoticeDays).max().orElse(0);
    }

    /** How increments are counted in the contracts. */
    Set<IncrementAnchor> anchors() {
        return contracts.stream().map(Contract::getIncrementAnchor).collect(Collectors.toUnmodifiableSet());
    }
}
