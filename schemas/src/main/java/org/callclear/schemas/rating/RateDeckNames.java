package org.callclear.schemas.rating;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The destinations of a deck, each once, as UTF-8 in one array. A name is known by its place there, and its length stands
 * before it, seven bits a byte and the lowest first: to read one is to read memory in one place. Immutable.
 */
final class RateDeckNames {
    private static final int LENGTH_BITS = 7;
    private static final int GOES_ON = 1 << LENGTH_BITS;

    private final byte[] text;

    private RateDeckNames(byte[] text) {
        this.text = text;
    }

    /** The name at a place that {@link Collected#place} gave. */
    String at(int place) {
        int at = place;
        int length = 0;
        int shift = 0;
        while (text[at] < 0) {
            length |= (text[at++] & (GOES_ON - 1)) << shift;
            shift += LENGTH_BITS;
        }
        length |= text[at++] << shift;
        return new String(text, at, length, StandardCharsets.UTF_8);
    }

    /** Gives each name a place. */
    static final class Collected {
        private final Map<String, Integer> places = new HashMap<>();
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();

        int place(String name) {
            return places.computeIfAbsent(name, this::append);
        }

        private int append(String name) {
            int place = text.size();
            byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
            int length = encoded.length;
            for (; length >= GOES_ON; length >>>= LENGTH_BITS) {
                text.write(length | GOES_ON);
            }
            text.write(length);
            text.writeBytes(encoded);
            return place;
        }

        RateDeckNames names() {
            return new RateDeckNames(text.toByteArray());
        }
    }
}
