package org.callclear.app.rerating;

/** Why a call keeps the price it has. */
public enum LeftAlone {
    /** The contract and its deck say the same as before, or it comes to the same. */
    SAME_PRICE("the price is the same"),
    /** It was authorized here, and the terminating carrier holds a token in which its terms are signed. */
    BOUND_BY_TOKEN("the terminating carrier holds signed terms"),
    /** It was authorized here by terms of the grant, and nobody asked to price those anew. */
    GRANTED("priced by granted terms (--granted prices them anew)"),
    /** The deck has no row for the number at that instant. */
    UNRATED("no row of the deck prices the number"),
    /** The deck refuses the number at that instant. */
    BLOCKED("the deck blocks the number"),
    /** It was priced in another currency than the contract's. */
    OTHER_CURRENCY("it was agreed in another currency"),
    /** Nothing has settled, only withheld: first the dispute is decided. */
    WITHHELD_ONLY("nothing has settled, its dispute is open"),
    /** It was authorized here and still has no price, which no contract of today changes. */
    NEVER_PRICED("it has no price of its own");

    private final String words;

    LeftAlone(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** Whether people have to look at each such call: the deck that should price it does not. */
    public boolean isListed() {
        return this == UNRATED || this == BLOCKED;
    }
}
