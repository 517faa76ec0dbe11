package org.callclear.settlement.totals;

import org.callclear.schemas.rating.UnitSum;

/** {@link Sums} that grow in place. For one thread. */
public final class Tally {
    private long calls;
    private long seconds;
    private long billedSeconds;
    private final UnitSum exact = new UnitSum();
    private final UnitSum posted = new UnitSum();

    /** Of no calls. */
    public Tally() {}

    /** What stands already. */
    public static Tally of(Sums sums) {
        Tally tally = new Tally();
        tally.add(sums);
        return tally;
    }

    /** Adds to it. */
    public void add(Sums more) {
        calls = Math.addExact(calls, more.calls());
        seconds = Math.addExact(seconds, more.seconds());
        billedSeconds = Math.addExact(billedSeconds, more.billedSeconds());
        addAmounts(more);
    }

    /** Adds what they come to, but neither calls nor seconds. */
    void addAmounts(Sums more) {
        exact.add(more.exact());
        posted.add(more.posted());
    }

    /** What it comes to now. */
    public Sums sums() {
        return new Sums(calls, seconds, billedSeconds, exact.total(), posted.total());
    }
}
