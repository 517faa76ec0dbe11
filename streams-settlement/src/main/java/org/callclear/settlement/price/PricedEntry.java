package org.callclear.settlement.price;

import org.callclear.schemas.avro.EntryKind;
import org.callclear.schemas.avro.FileEntry;
import org.jspecify.annotations.Nullable;

/**
 * An entry for the books, before it is written as lines.
 *
 * @param id its name
 * @param kind whether it stands by itself, takes another back or takes another's place; a reversal's costs are those of
 *     the entry it takes back
 * @param refersTo the entry it takes back or replaces; empty for none
 * @param holds what it is about
 * @param origination null when that side has no terms
 * @param termination null when that side has no terms
 */
public record PricedEntry(
        String id,
        EntryKind kind,
        String refersTo,
        FileEntry holds,
        @Nullable PricedSide origination,
        @Nullable PricedSide termination) {
    /** Whether its amounts count with the opposite sign. */
    public boolean isReversal() {
        return kind == EntryKind.REVERSAL;
    }
}
