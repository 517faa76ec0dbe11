package org.callclear.app.logview;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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
        PROXY("proxy", 14),
        CLEARINGHOUSE("clearinghouse", 39),
        GATEWAY("gateway", 54),
        SETTLEMENT("settlement", 76),
        /** Beyond the last line: those who give commands. */
        PEOPLE("", 102);

        /** Those that have a line. */
        static final Set<Column> WITH_LINE = Collections.unmodifiableSet(EnumSet.range(PROXY, SETTLEMENT));

        private final String title;
        private final int at;

        Column(String title, int at) {
            this.title = title;
            this.at = at;
        }

        /** Where its line stands, counted in characters from 0; for people, where their arrows end. */
        int at() {
            return at;
        }

        String title() {
            return title;
        }
    }

    Step {
        facts = List.copyOf(facts);
    }
}
