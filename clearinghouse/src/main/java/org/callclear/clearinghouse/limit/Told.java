package org.callclear.clearinghouse.limit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What both sides have told of a call, whatever the order and however often. Immutable.
 *
 * @param over whether the originating side has told its end; nobody else's word ends a call
 * @param failedLegs bit <i>n</i>: the originating side has told that the attempt on leg <i>n</i> failed
 * @param gaveUpAt the end of the latest attempt that failed, as that side told it, epoch ms; 0 when it told of none
 * @param lastAt the end of the latest talk or attempt that any report told of, epoch ms; 0 when none did. That may be one
 *     that another report made of no account by telling of a dearer, earlier talk
 * @param talks of each leg that was answered the dearer report of its two sides, by leg
 */
record Told(boolean over, int failedLegs, long gaveUpAt, long lastAt, List<Talk> talks) {
    static final Told NOTHING = new Told(false, 0, 0, 0, List.of());

    /** A side tells of an answered leg: neither can make cheap what the other has told of. */
    Told with(Talk talk) {
        List<Talk> next = new ArrayList<>(talks.size() + 1);
        Talk dearer = talk;
        for (Talk known : talks) {
            if (known.leg() != talk.leg()) {
                next.add(known);
            } else if (Talk.BY_COST.compare(known, talk) >= 0) {
                dearer = known;
            }
        }
        next.add(dearer);
        next.sort(Comparator.comparingInt(Talk::leg));
        return new Told(over, failedLegs, gaveUpAt, Math.max(lastAt, talk.to()), List.copyOf(next));
    }

    /** The originating side tells of an attempt that failed; 0 for no leg of the call. */
    Told withFailed(int leg, long at) {
        int failed = leg == 0 ? failedLegs : failedLegs | 1 << leg;
        return new Told(over, failed, Math.max(gaveUpAt, at), Math.max(lastAt, at), talks);
    }

    Told ended() {
        return new Told(true, failedLegs, gaveUpAt, lastAt, talks);
    }

    /**
     * What the call cost, once it is over: what its answered legs did, and the fee for an attempt at least where one failed.
     *
     * @param attempt that fee, in exact units
     */
    List<Talk> cost(BigInteger attempt) {
        BigInteger sum = talks.stream().map(Talk::units).reduce(BigInteger.ZERO, BigInteger::add);
        return gaveUpAt > 0 && sum.compareTo(attempt) < 0 ? List.of(new Talk(0, gaveUpAt, gaveUpAt, attempt)) : talks;
    }

    /** All that was told but the dearest: what it cost beyond a call that was up all the time. */
    List<Talk> besidesTheDearest() {
        if (talks.size() < 2) {
            return List.of();
        }
        List<Talk> others = new ArrayList<>(talks);
        others.remove(others.stream().max(Talk.BY_COST).orElseThrow());
        return others;
    }
}
