package org.callclear.schemas.topics;

import java.util.Arrays;
import java.util.List;

/** Which parties of a kind may use a topic family. */
public record Access(Party.Kind kind, Reach reach) {
    /** Over which topics of the family. */
    public enum Reach {
        /** Only the topic that names the party, or the carrier a gateway belongs to. */
        OWN,
        /** Every topic of the family. */
        ALL
    }

    static final List<Access> REFERENCE_READERS = List.of(
            all(Party.Kind.CLEARINGHOUSE),
            all(Party.Kind.SETTLEMENT),
            all(Party.Kind.CONSOLE),
            all(Party.Kind.ADMINISTRATION),
            all(Party.Kind.AUDIT));

    static Access own(Party.Kind kind) {
        return new Access(kind, Reach.OWN);
    }

    static Access all(Party.Kind kind) {
        return new Access(kind, Reach.ALL);
    }

    static List<Access> all(Party.Kind... kinds) {
        return Arrays.stream(kinds).map(kind -> new Access(kind, Reach.ALL)).toList();
    }
}
