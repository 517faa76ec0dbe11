package org.callclear.schemas.rating;

import org.callclear.schemas.avro.RateRow;

/** What a rate deck says of a called number at an instant. No row is never the price zero. */
public sealed interface RateChoice {
    /** The row that holds. */
    record Rated(RateRow row, long deckRevision) implements RateChoice {}

    /** The longest matching prefix is blocked: the call is refused, it does not fall through to a shorter prefix. */
    record Blocked(RateRow row, long deckRevision) implements RateChoice {}

    /** No row is live for any prefix of the number. */
    record Unrated() implements RateChoice {}
}
