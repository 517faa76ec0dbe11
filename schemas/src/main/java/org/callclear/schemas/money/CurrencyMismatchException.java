package org.callclear.schemas.money;

import java.util.Currency;

/** Two currencies met in one sum. A bug: nothing in the product adds across currencies. */
public final class CurrencyMismatchException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final Currency left;
    private final Currency right;

    CurrencyMismatchException(Currency left, Currency right) {
        super("cannot add " + right.getCurrencyCode() + " to " + left.getCurrencyCode());
        this.left = left;
        this.right = right;
    }

    static void check(Currency left, Currency right) {
        if (!left.equals(right)) {
            throw new CurrencyMismatchException(left, right);
        }
    }

    /** The currency of the sum. */
    public Currency left() {
        return left;
    }

    /** The currency that did not fit. */
    public Currency right() {
        return right;
    }
}
