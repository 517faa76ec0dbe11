package org.callclear.schemas.rating;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The destinations of a deck, each once, as UTF-8 in one array. Immutable. */
final class RateDeckNames {
    private final byte[] text;
    private final int[] ends;

    private RateDeckNames(byte[] text, int[] ends) {
        this.text = text;
        this.ends = ends;
    }

    String get(int number) {
        int begin = number == 0 ? 0 : ends[number - 1];
        return new String(text, begin, ends[number] - begin, StandardCharsets.UTF_8);
    }

    /** Gives each name a number. */
    static final class Collected {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private int[] ends = new int[16];

        int number(String name) {
            return numbers.computeIfAbsent(name, this::append);
        }

        private int append(String name) {
            text.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            int number = numbers.size();
            if (number == ends.length) {
                ends = Arrays.copyOf(ends, ends.length * 2);
            }
            ends[number] = text.size();
            return number;
        }

        RateDeckNames names() {
            return new RateDeckNames(text.toByteArray(), Arrays.copyOf(ends, numbers.size()));
        }
    }
}
