package org.callclear.bench.authorize;

/**
 * An echo and its topics: each has its own, or the quickest would answer for all.
 *
 * @param signatures that it makes for each answer
 */
record Echo(int signatures) {
    private static final String BEGIN = "echo-";

    String requests() {
        return "bench-" + word() + "-requests";
    }

    String responses() {
        return "bench-" + word() + "-responses";
    }

    /** As an argument of a process. */
    String word() {
        return BEGIN + signatures;
    }

    static boolean isMeant(String word) {
        return word.startsWith(BEGIN);
    }

    static Echo of(String word) {
        return new Echo(Integer.parseInt(word.substring(BEGIN.length())));
    }
}
