package org.callclear.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Reads one member of a JSON object, in the one form it may have. Each throws an {@link IllegalArgumentException} that
 * names the member and never shows its value.
 */
final class JsonMember {
    private static final Pattern AMOUNT = Pattern.compile("(0|[1-9][0-9]{0,11})\\.[0-9]{6}");

    private JsonMember() {}

    private static JsonNode member(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw new IllegalArgumentException("claim " + name + " is missing");
        }
        return value;
    }

    static JsonNode object(JsonNode node, String name) {
        JsonNode value = member(node, name);
        if (!value.isObject()) {
            throw new IllegalArgumentException("claim " + name + " is not an object");
        }
        return value;
    }

    static String text(JsonNode node, String name) {
        JsonNode value = member(node, name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("claim " + name + " is not a string");
        }
        return value.textValue();
    }

    static long whole(JsonNode node, String name, long most) {
        JsonNode value = member(node, name);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > most) {
            throw new IllegalArgumentException("claim " + name + " is not a whole number from 0 to " + most);
        }
        return value.longValue();
    }

    static BigDecimal amount(JsonNode node, String name) {
        String value = text(node, name);
        if (!AMOUNT.matcher(value).matches()) {
            throw new IllegalArgumentException("claim " + name + " is not an amount with six decimals");
        }
        return new BigDecimal(value);
    }

    static <E extends Enum<E>> E word(JsonNode node, String name, Class<E> type) {
        try {
            return Enum.valueOf(type, text(node, name));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("claim " + name + " is not one of the words it may be", e);
        }
    }

    static JsonNode array(JsonNode node, String name) {
        JsonNode value = member(node, name);
        if (!value.isArray()) {
            throw new IllegalArgumentException("claim " + name + " is not an array");
        }
        return value;
    }
}
