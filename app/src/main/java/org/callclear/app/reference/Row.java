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
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.callclear.schemas.call.PartyName;

/**
 * One row of a file. A field that does not hold what is asked for becomes a fault, and a stand-in is returned, so that
 * one pass finds all the faults of a row.
 */
final class Row {
    private static final int SCALE = 6;
    private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(SCALE);
    private static final int WHOLE_DIGITS = 12;
    private static final int LONGEST_PREFIX = 15;
    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_DECIMAL = 64;

    private static final Pattern PREFIX = Pattern.compile("[1-9][0-9]{0," + (LONGEST_PREFIX - 1) + "}");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]+(\\.[0-9]+)?");
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private final String file;
    private final long line;
    private final Map<String, Integer> columns;
    private final List<String> fields;
    private final List<Long> lines;
    private final List<Fault> faults;

    /** @param columns which of the fields each is */
    Row(String file, long line, Map<String, Integer> columns, List<String> fields, List<Fault> faults) {
        this(file, line, columns, fields, List.of(), faults);
    }

    /** @param lines of each field, where they are not all on one */
    Row(
            String file,
            long line,
            Map<String, Integer> columns,
            List<String> fields,
            List<Long> lines,
            List<Fault> faults) {
        this.file = file;
        this.lines = lines;
        this.line = line;
        this.columns = columns;
        this.fields = fields;
        this.faults = faults;
    }

    long line() {
        return line;
    }

    /** Notes a fault of a field. */
    void fault(String field, String why) {
        Integer column = columns.get(field);
        long place = column == null || lines.isEmpty() ? line : lines.get(column);
        int at = faults.size();
        while (at > 0
                && faults.get(at - 1).line() == place
                && column(faults.get(at - 1).field()) > column(field)) {
            at--;
        }
        faults.add(at, new Fault(file, place, field, raw(field), why));
    }

    /** Faults of a line stand in the order of its columns, whatever was looked at first. */
    private int column(String field) {
        return columns.getOrDefault(field, -1);
    }

    /** How many faults there are, of this row and of those before it. */
    int faults() {
        return faults.size();
    }

    /** The field as it stands; empty when the file has no such column. */
    String raw(String field) {
        Integer column = columns.get(field);
        return column == null ? "" : fields.get(column);
    }

    /** Whether the file has such a column. */
    boolean has(String field) {
        return columns.containsKey(field);
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
        return PREFIX.matcher(text).matches();
    }

    /** A whole number between two others. */
    int number(String field, int least, int most) {
        String text = raw(field);
        if (WHOLE.matcher(text).matches()) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        fault(field, "must be a whole number, " + least + " to " + most);
        return least;
    }

    /** The same, or what is usual when the field is empty. */
    int number(String field, int least, int most, int usual) {
        return isBlank(field) ? usual : number(field, least, most);
    }

    /** The same, or nothing when the field is empty. */
    BigDecimal amountOrNone(String field) {
        return isBlank(field) ? NOTHING : amount(field);
    }

    /** Long ones are not even looked at: what it takes to make a number of digits grows with their square. */
    static boolean isDecimal(String text) {
        return text.length() <= LONGEST_DECIMAL && DECIMAL.matcher(text).matches();
    }

    /** An amount of money or a rate: not negative, six decimals at most. */
    BigDecimal amount(String field) {
        String text = raw(field);
        if (text.startsWith("-")) {
            fault(field, "must not be negative");
        } else if (!isDecimal(text)) {
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
        return NOTHING;
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
        if (code.isBlank()) {
            fault(field, "must not be empty: an ISO 4217 code such as EUR");
        } else if (!isCurrency(code)) {
            fault(field, "no such currency in ISO 4217");
        }
        return code;
    }

    static boolean isCurrency(String code) {
        return CURRENCIES.contains(code);
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
        List<E> known = known(choices);
        return isBlank(field) ? known.getFirst() : choice(field, known);
    }

    /** The same, where an empty field means what is usual. */
    <E extends Enum<E>> E choiceOr(String field, E[] choices, E usual) {
        return isBlank(field) ? usual : choice(field, known(choices));
    }

    private static <E extends Enum<E>> List<E> known(E[] choices) {
        return Arrays.stream(choices)
                .filter(choice -> !choice.name().toUpperCase(Locale.ROOT).startsWith("UNKNOWN"))
                .toList();
    }

    /** Yes or no; an empty field is no. */
    boolean yes(String field) {
        if (!isBlank(field) && !raw(field).equals("true") && !raw(field).equals("false")) {
            fault(field, "must be true or false");
        }
        return raw(field).equals("true");
    }
}
