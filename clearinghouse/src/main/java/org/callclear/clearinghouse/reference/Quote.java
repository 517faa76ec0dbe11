package org.callclear.clearinghouse.reference;

import org.callclear.schemas.avro.RateTerms;

/** What a contract says of a number at an instant. */
public sealed interface Quote {
    /** A price, whole. */
    record Priced(RateTerms terms) implements Quote {}

    /** The destination is blocked. */
    record Blocked(String destination) implements Quote {}

    /** The deck has no row, or is not there. */
    record Unrated() implements Quote {}
}
