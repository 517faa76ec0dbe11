package org.callclear.settlement.stages;

import org.callclear.schemas.avro.LineName;
import org.callclear.settlement.totals.Pairs.Both;
import org.callclear.settlement.totals.Pairs.Pair;
import org.callclear.settlement.totals.Sums;

/** What a pair owes so far, and whether that was told. There is one object for each pair. */
final class PairSums {
    private final Pair name;
    private final Both both = new Both();
    private boolean told = true;

    PairSums(Pair name) {
        this.name = name;
    }

    Pair name() {
        return name;
    }

    Both both() {
        return both;
    }

    void add(LineName line, Sums more) {
        both.add(line, more);
    }

    /** Something changed that is to be told. Whether that is the first of it. */
    boolean change() {
        boolean first = told;
        told = false;
        return first;
    }

    /** It is told, or need not be any more. Whether something was left to tell. */
    boolean tell() {
        boolean left = !told;
        told = true;
        return left;
    }
}
