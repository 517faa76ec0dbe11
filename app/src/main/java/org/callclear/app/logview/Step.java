package org.callclear.app.logview;

import java.util.List;

/**
 * One record in a ladder.
 *
 * @param from who says it
 * @param to who is told; the same when it is a note of its own
 * @param name the record's
 * @param facts lines of what matters in it
 */
record Step(Column from, Column to, String name, List<String> facts) {
    /** The columns of a ladder, from left to right. */
    enum Column {
        PROXY("proxy"),
        CLEARINGHOUSE("clearinghouse"),
        GATEWAY("gateway"),
        SETTLEMENT("settlement"),
        /** Beyond the last line: those who give commands. */
        PEOPLE("");

        private final String title;

        Column(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    Step {
        facts = List.copyOf(facts);
    }
}
