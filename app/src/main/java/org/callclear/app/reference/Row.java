package org.callclear.app.reference;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.callclear.schemas.call.PartyName;

/**
 * One row of a file. A field that does not hold what is asked for becomes a fault, and a stand-in is returned, so that
 * one pass finds all the faults of a row.
 */
final class Row {
    private static final int SCALE = 6;
    private static final int WHOLE_DIGITS = 12;
    private static final int LONGEST_PREFIX = 15;
    private static final int LONGEST_TEXT = 200;

    private final String file;
    private final long line;
    private final Map<String, String> fields;
    private final List<Fault> faults;

    Row(String file, long line, Map<String, String> fields, List<Fault> faults) {
        this.file = file;
        this.line = line;
        this.fields = Map.copyOf(fields);
        this.faults = faults;
    }

    long line() {
        return line;
    }

    /** Notes a fault of a field. */
    void fault(String field, String why) {
        faults.add(new Fault(file, line, field, raw(field), why));
    }

    /** The field as it stands; empty when the file has no such column. */
    String raw(String field) {
        return fields.getOrDefault(field, "");
    }

    boolean isBlank(String field) {
        return raw(field).isBlank();
    }

    /** Some words for people to read. */
    String text(String field) {
        String text = raw(field);
        if (text.isBlank()) {
            fault(field, "must not be empty");
        } else if (text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            fault(field, "must be at most " + LONGEST_TEXT + " characters, none of them a control character");
        }
        return text;
    }

    /** A name as carriers, gateways, contracts and decks have it. */
    String name(String field) {
        String text = raw(field);
        if (!PartyName.isValid(text)) {
            fault(field, "must be 2 to 32 lower-case letters, digits or hyphens, a letter first and no hyphen last");
        }
        return text;
    }

    /** A dialled prefix in E.164 digits. */
    String prefix(String field) {
        String text = raw(field);
        if (!isPrefix(text)) {
            fault(field, "must be 1 to " + LONGEST_PREFIX + " digits, the first not 0, no plus");
        }
        return text;
    }

    static boolean isPrefix(String text) {
        return text.matches("[1-9][0-9]{0," + (LONGEST_PREFIX - 1) + "}");
    }

    /** A whole number between two others. */
    int number(String field, int least, int most) {
        String text = raw(field);
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        fault(field, "must be a whole number, " + least + " to " + most);
        return least;
    }

    /** An amount of money or a rate: not negative, six decimals at most. */
    BigDecimal amount(String field) {
        String text = raw(field);
        if (text.startsWith("-")) {
            fault(field, "must not be negative");
        } else if (!text.matches("[0-9]+(\\.[0-9]+)?")) {
            fault(field, "must be a decimal number such as 0.0125");
        } else {
            BigDecimal amount = new BigDecimal(text);
            if (amount.stripTrailingZeros().scale() > SCALE) {
                fault(field, "must have at most " + SCALE + " decimals");
            } else if (amount.precision() - amount.scale() > WHOLE_DIGITS) {
                fault(field, "must have at most " + WHOLE_DIGITS + " digits before the point");
            } else {
                return amount.setScale(SCALE);
            }
        }
        return BigDecimal.ZERO.setScale(SCALE);
    }

    /** An instant as RFC 3339 writes it, milliseconds at most. */
    Instant instant(String field) {
        try {
            Instant instant = OffsetDateTime.parse(raw(field)).toInstant();
            if (instant.equals(Instant.ofEpochMilli(instant.toEpochMilli()))) {
                return instant;
            }
            fault(field, "must have no more than milliseconds");
        } catch (DateTimeException | ArithmeticException e) {
            fault(field, "must be a time such as 2026-01-01T00:00:00.000Z");
        }
        return Instant.EPOCH;
    }

    /** An ISO 4217 code. */
    String currency(String field) {
        String code = raw(field);
        if (!isCurrency(code)) {
            fault(field, "no such currency in ISO 4217");
        }
        return code;
    }

    static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(c -> c.getCurrencyCode().equals(code));
    }

    /** One of some words, in capitals as the records have them. */
    <E extends Enum<E>> E choice(String field, List<E> choices) {
        for (E choice : choices) {
            if (choice.name().equals(raw(field))) {
                return choice;
            }
        }
        fault(field, "must be " + choices.stream().map(Enum::name).collect(Collectors.joining(" or ")));
        return choices.getFirst();
    }

    /** The same, where an empty field means the first of the choices. */
    <E extends Enum<E>> E choiceOrFirst(String field, E[] choices) {
        List<E> known = Arrays.stream(choices)
                .filter(choice -> !choice.name().toUpperCase(Locale.ROOT).startsWith("UNKNOWN"))
                .toList();
        return isBlank(field) ? known.getFirst() : choice(field, known);
    }
}
