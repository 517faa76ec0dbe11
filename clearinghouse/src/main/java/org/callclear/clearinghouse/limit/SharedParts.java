package org.callclear.clearinghouse.limit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.RateTerms;

/** Calls by the same row of the same contract share one charge, and calls by the same gateways one list of carriers. */
final class SharedParts {
    private static final int MOST = 20_000;

    private final Map<Row, Charge> charges = new HashMap<>();
    private final Map<List<String>, List<String>> carriers = new HashMap<>();

    private record Row(String contract, long contractRevision, String deck, long deckRevision, String prefix) {
        static Row of(RateTerms terms) {
            return new Row(
                    terms.getContract(),
                    terms.getContractRevision(),
                    terms.getDeck(),
                    terms.getDeckRevision(),
                    terms.getPrefix());
        }
    }

    Charge charge(RateTerms terms) {
        Row row = Row.of(terms);
        Charge known = charges.get(row);
        if (known != null && terms.equals(known.terms())) {
            return known;
        }
        Charge fresh = Charge.of(terms);
        if (charges.size() >= MOST) {
            charges.clear();
        }
        charges.put(row, fresh);
        return fresh;
    }

    List<String> carriers(List<String> terminating) {
        if (carriers.size() >= MOST) {
            carriers.clear();
        }
        return carriers.computeIfAbsent(terminating, same -> same);
    }
}
