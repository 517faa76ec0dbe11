package org.callclear.settlement.evidence;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.callclear.schemas.call.PartyName;
import org.callclear.settlement.statement.CanonicalReader;

/** The members of an object in a file of evidence, each read as what it must be or refused by its name. */
final class Members {
    private static final HexFormat HEX = HexFormat.of();

    private final String place;
    private final Map<?, ?> values;

    private Members(String place, Map<?, ?> values) {
        this.place = place;
        this.values = values;
    }

    /** @throws EvidenceException when the bytes are not canonical JSON of an object */
    static Members of(byte[] json) {
        try {
            return new Members("", CanonicalReader.object(json));
        } catch (IllegalArgumentException e) {
            throw new EvidenceException(String.valueOf(e.getMessage()), e);
        }
    }

    static Members of(String place, Object value) {
        if (value instanceof Map<?, ?> members) {
            return new Members(place + ".", members);
        }
        throw new EvidenceException(place + ": not an object");
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Refuses any other member. */
    Members only(Set<String> names) {
        for (Object name : values.keySet()) {
            if (!names.contains(String.valueOf(name))) {
                throw new EvidenceException(place + PartyName.shown(String.valueOf(name)) + ": unknown");
            }
        }
        return this;
    }

    Object any(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new EvidenceException(place + name + ": missing");
        }
        return value;
    }

    Members object(String name) {
        return of(place + name, any(name));
    }

    List<?> list(String name) {
        if (any(name) instanceof List<?> list) {
            return list;
        }
        throw wrong(name, "not an array");
    }

    String text(String name) {
        if (any(name) instanceof String text) {
            return text;
        }
        throw wrong(name, "not a text");
    }

    /** A whole number, of at least that. */
    long number(String name, long least) {
        if (any(name) instanceof Number number
                && (number instanceof Integer || number instanceof Long)
                && number.longValue() >= least) {
            return number.longValue();
        }
        throw wrong(name, "not a whole number of at least " + least);
    }

    /** That many bytes in lower-case hexadecimal digits. */
    byte[] hex(String name, int bytes) {
        return hex(place + name, any(name), bytes);
    }

    static byte[] hex(String place, Object value, int bytes) {
        if (value instanceof String text
                && text.length() == 2 * bytes
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            return HEX.parseHex(text);
        }
        throw new EvidenceException(place + ": not " + bytes + " bytes in lower-case hexadecimal digits");
    }

    String place(String name) {
        return place + name;
    }

    private EvidenceException wrong(String name, String why) {
        return new EvidenceException(place + name + ": " + why);
    }
}
