package org.callclear.schemas.rating;

/**
 * One step on the way from a call to its price.
 *
 * @param kind what is done
 * @param detail with what, in words
 * @param result what comes of it: seconds, an exact amount or a prefix; empty where nothing does
 */
public record ExplainedStep(Kind kind, String detail, String result) {
    /** What a step does, in the order in which they are taken. */
    public enum Kind {
        /** The contract, with its revision. */
        CONTRACT,
        /** The deck that the contract prices by, with its revision. */
        DECK,
        /** The row that holds. */
        ROW,
        /** A row for the number that does not hold, and why. */
        OTHER_ROW,
        /** Milliseconds to whole seconds. */
        WHOLE_SECONDS,
        /** What the free seconds leave. */
        FREE_SECONDS,
        /** Initial seconds and increments. */
        BLOCKS,
        /** Billed seconds at one rate; several where the contract splits at rate changes. */
        RATE,
        /** Once per answered call. */
        CONNECT_FEE,
        /** What an answered call costs at least. */
        MINIMUM_CHARGE,
        /** The price before the one rounding. */
        EXACT_PRICE,
        /** The one rounding of a call. */
        ROUNDING
    }
}
