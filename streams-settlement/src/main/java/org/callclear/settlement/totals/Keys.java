package org.callclear.settlement.totals;

/** How the keys of totals are put together. */
final class Keys {
    /** Stands in no name: the unit separator of ASCII. */
    static final String SEPARATOR = "\u001f";

    private Keys() {}
}
