package org.callclear.settlement.statement;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A number as a statement has it, digit for digit: it is shown by showing its text, so no form of a statement can change
 * a digit, whatever the locale.
 *
 * @param text a decimal with ASCII digits and a point, such as {@code -0.012200}; no exponent and no negative zero
 */
public record PlainDecimal(String text) {
    private static final Pattern PLAIN = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Pattern NEGATIVE_ZERO = Pattern.compile("-[0.]+");

    /**
     * Takes the text over.
     *
     * @throws IllegalArgumentException when it is not a plain decimal
     */
    public PlainDecimal {
        if (!isPlain(text)) {
            throw new IllegalArgumentException("'" + text + "': not a plain decimal");
        }
    }

    /** Whether a text is such a number. */
    public static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches() && !NEGATIVE_ZERO.matcher(text).matches();
    }

    /** A computed number, with all its decimals. */
    public static PlainDecimal of(BigDecimal value) {
        return new PlainDecimal(value.toPlainString());
    }

    /** A count. */
    public static PlainDecimal of(long count) {
        return of(BigDecimal.valueOf(count));
    }

    /** The number, to compute with. */
    public BigDecimal value() {
        return new BigDecimal(text);
    }

    /** How many digits stand behind the point. */
    public int decimals() {
        int point = text.indexOf('.');
        return point < 0 ? 0 : text.length() - point - 1;
    }

    @Override
    public String toString() {
        return text;
    }
}
