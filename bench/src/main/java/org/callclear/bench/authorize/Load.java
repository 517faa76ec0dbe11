package org.callclear.bench.authorize;

/**
 * How questions are asked for a while.
 *
 * @param name of it
 * @param rate questions a second, each at its time whether or not those before are answered; 0: as many as
 *     {@code atOnce} allows
 * @param atOnce most questions without an answer
 * @param seconds how long
 */
record Load(String name, int rate, int atOnce, int seconds) {
    /** As an argument of a process. */
    String word() {
        return String.join(":", name, Integer.toString(rate), Integer.toString(atOnce), Integer.toString(seconds));
    }

    static Load of(String word) {
        String[] parts = word.split(":", -1);
        return new Load(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
    }
}
