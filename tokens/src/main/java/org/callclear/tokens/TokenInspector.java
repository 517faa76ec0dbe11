package org.callclear.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.call.E164Number;
import org.jspecify.annotations.Nullable;

/** Shows what a token says to a person, and believes none of it. Never shows the signature. */
public final class TokenInspector {
    /** What may be shown of phone numbers and of the transaction id. */
    public enum Secrets {
        /** The first digits of a number, the first digits of the transaction id. */
        MASKED,
        /** All of them. */
        SHOWN
    }

    private static final int SHOWN_OF_TRANSACTION = 6;

    private TokenInspector() {}

    /**
     * Takes a token apart without keys. Any text gives an answer.
     *
     * @param secrets whether numbers and the transaction id are masked
     */
    public static Inspection inspect(String token, Secrets secrets) {
        String text = token.strip();
        if (text.length() > Jws.LONGEST) {
            return new Inspection(
                    Map.of(), Map.of(), SetupRefusal.TOKEN_TOO_LARGE, "longer than " + Jws.LONGEST + " bytes");
        }
        String[] parts = text.split("\\.", -1);
        Map<String, Object> header = parts.length == 3 ? members(parts[0], secrets) : Map.of();
        Map<String, Object> claims = parts.length == 3 ? members(parts[1], secrets) : Map.of();
        try {
            ClaimsJson.decode(Jws.parse(text).payload());
            return new Inspection(header, claims, null, "");
        } catch (IllegalArgumentException e) {
            return new Inspection(header, claims, refusal(text), secrets == Secrets.SHOWN ? message(e) : fault(text));
        }
    }

    private static String message(IllegalArgumentException e) {
        return String.valueOf(e.getMessage());
    }

    private static SetupRefusal refusal(String token) {
        return isWellFormed(token) ? SetupRefusal.BAD_CLAIMS : SetupRefusal.TOKEN_MALFORMED;
    }

    private static boolean isWellFormed(String token) {
        try {
            Jws.parse(token);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String fault(String token) {
        return isWellFormed(token) ? "a claim is missing or has another form" : "not the form of a Callclear token";
    }

    private static Map<String, Object> members(String part, Secrets secrets) {
        try {
            return members(ClaimsJson.tree(Jws.decode("part", part)), secrets);
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    private static Map<String, Object> members(JsonNode object, Secrets secrets) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            members.put(member.getKey(), value(member.getKey(), member.getValue(), secrets));
        }
        return members;
    }

    private static Object value(String name, JsonNode value, Secrets secrets) {
        if (value.isObject()) {
            return members(value, secrets);
        }
        if (value.isArray()) {
            List<Object> elements = new ArrayList<>();
            value.forEach(element -> elements.add(value(name, element, secrets)));
            return elements;
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        String text = value.isTextual() ? value.textValue() : value.toString();
        return secrets == Secrets.SHOWN ? text : masked(name, text);
    }

    private static String masked(String name, String text) {
        return switch (name) {
            case "calling", "called" -> E164Number.mask(text);
            case "jti" -> text.substring(0, Math.min(SHOWN_OF_TRANSACTION, text.length())) + "…";
            default -> text;
        };
    }

    /**
     * What a token says. Nothing in it was verified.
     *
     * @param header the header's members, empty when it cannot be read
     * @param claims the claims, in the token's order, empty when they cannot be read
     * @param refusal what any gateway would refuse it for by its form alone; null when its form is sound
     * @param fault the refusal in a few words, or empty
     */
    public record Inspection(
            Map<String, Object> header,
            Map<String, Object> claims,
            @Nullable SetupRefusal refusal,
            String fault) {
        /** What to say above everything shown here. */
        public static final String NOTICE = "NOT VERIFIED: no signature was checked; believe none of this";
    }
}
