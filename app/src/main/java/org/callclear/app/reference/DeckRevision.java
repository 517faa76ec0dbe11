package org.callclear.app.reference;

import java.time.Instant;
import java.util.List;
import org.callclear.schemas.avro.RateRow;
import org.jspecify.annotations.Nullable;

/**
 * A rate deck as it is to be from now on, without fault.
 *
 * @param deck its name
 * @param rows in the order of prefixes, and of one prefix the earliest first
 * @param currency ISO 4217; empty when nobody says
 * @param importedAt null when it does not matter
 * @param warning what is right but may not be meant; empty for nothing
 */
public record DeckRevision(
        String deck,
        List<RateRow> rows,
        String currency,
        @Nullable Instant importedAt,
        String warning) {
    /** Whether a revision says the same already. */
    boolean isSameAs(ReferenceData.Deck other) {
        return currency.equals(other.currency()) && rows.size() == other.rates().size() && rows.equals(other.rows());
    }
}
