package org.callclear.clearinghouse.limit;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was told of a call, in one object where {@link Told} takes five: half a million ended calls are remembered. What
 * does not fit, several talks or one that costs more than a long holds, is kept as it is.
 */
final class Brief {
    private static final int NO_TALK = -1;

    private boolean over;
    private int failedLegs;
    private long gaveUpAt;
    private long lastAt;
    private int leg = NO_TALK;
    private long from;
    private long to;
    private long units;
    private @Nullable Told whole;

    boolean isOver() {
        return over;
    }

    long lastAt() {
        return lastAt;
    }

    void put(Told told) {
        over = told.over();
        failedLegs = told.failedLegs();
        gaveUpAt = told.gaveUpAt();
        lastAt = told.lastAt();
        leg = NO_TALK;
        whole = null;
        List<Talk> talks = told.talks();
        if (talks.size() == 1 && fits(talks.getFirst())) {
            put(talks.getFirst());
        } else if (!talks.isEmpty()) {
            whole = told;
        }
    }

    private static boolean fits(Talk talk) {
        return talk.leg() >= 0 && talk.units().bitLength() < Long.SIZE;
    }

    private void put(Talk talk) {
        leg = talk.leg();
        from = talk.from();
        to = talk.to();
        units = talk.units().longValueExact();
    }

    Told told() {
        if (whole != null) {
            return whole;
        }
        List<Talk> talks = leg == NO_TALK ? List.of() : List.of(new Talk(leg, from, to, BigInteger.valueOf(units)));
        return new Told(over, failedLegs, gaveUpAt, lastAt, talks);
    }
}
