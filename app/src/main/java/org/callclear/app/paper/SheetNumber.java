package org.callclear.app.paper;

import org.callclear.settlement.statement.PlainDecimal;

/** A number for a cell, which is written with the digits it has in the statement and no others. */
final class SheetNumber extends Number {
    private static final long serialVersionUID = 1L;

    /** A spreadsheet keeps numbers as binary floating point, which holds this many decimal digits and no more. */
    private static final int DIGITS = 15;

    private final String digits;

    SheetNumber(PlainDecimal decimal) {
        this.digits = decimal.text();
    }

    /** Whether a spreadsheet shows all digits of a number. */
    static boolean holds(PlainDecimal decimal) {
        return decimal.value().stripTrailingZeros().precision() <= DIGITS;
    }

    @Override
    public String toString() {
        return digits;
    }

    @Override
    public int intValue() {
        throw new UnsupportedOperationException("a cell shows its digits");
    }

    @Override
    public long longValue() {
        throw new UnsupportedOperationException("a cell shows its digits");
    }

    @Override
    public float floatValue() {
        throw new UnsupportedOperationException("a cell shows its digits");
    }

    @Override
    public double doubleValue() {
        throw new UnsupportedOperationException("a cell shows its digits");
    }
}
