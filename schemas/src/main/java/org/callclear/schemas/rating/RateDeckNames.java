package org.callclear.schemas.rating;

import java.util.HashMap;
import java.util.Map;

/** The destinations of a deck, each once: a row that is made has its name from here, and none is made for it. Immutable. */
final class RateDeckNames {
    private final String[] names;

    private RateDeckNames(String[] names) {
        this.names = names;
    }

    String get(int number) {
        return names[number];
    }

    /** Gives each name a number. */
    static final class Collected {
        private final Map<String, Integer> numbers = new HashMap<>();

        int number(String name) {
            return numbers.computeIfAbsent(name, first -> numbers.size());
        }

        RateDeckNames names() {
            String[] names = new String[numbers.size()];
            numbers.forEach((name, number) -> names[number] = name);
            return new RateDeckNames(names);
        }
    }
}
