package org.callclear.bench.journal;

import java.util.ArrayList;
import java.util.List;

/** What the two reports of a call are like. */
public enum Kind {
    /** Both tell the same talk time. */
    MATCHED(970),
    /** They differ by at most two seconds. */
    WITHIN_TOLERANCE(20),
    /** They differ by more. */
    MISMATCH(5),
    /** Both tell the same, and one of them comes twice. */
    REPEATED(3),
    /** Nobody answered. */
    UNANSWERED(2);

    private final int inThousand;

    Kind(int inThousand) {
        this.inThousand = inThousand;
    }

    /** How many of a thousand calls are of this kind. */
    public int inThousand() {
        return inThousand;
    }

    /** A thousand calls, by kind. */
    static List<Kind> thousand() {
        List<Kind> kinds = new ArrayList<>();
        for (Kind kind : values()) {
            for (int i = 0; i < kind.inThousand; i++) {
                kinds.add(kind);
            }
        }
        return kinds;
    }
}
