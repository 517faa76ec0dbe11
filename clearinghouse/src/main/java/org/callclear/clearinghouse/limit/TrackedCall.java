package org.callclear.clearinghouse.limit;

import java.util.List;
import org.callclear.schemas.call.CallId;

/** A call that counts: granted, and up until the contrary is known. Used under the book's lock. Times are epoch ms. */
final class TrackedCall extends Agenda.Entry {
    static final long MINUTE_MILLIS = 60_000;

    private final CallId id;
    private final CarrierBook carrier;
    private final long called;
    private final long grantedAt;
    private final long overAt;
    private final Charge charge;
    private final List<String> terminating;
    private final Brief told = new Brief();
    private boolean lapsed;

    /**
     * @param called E.164 digits as a number
     * @param overAt it cannot be up any more by then
     * @param terminating the carriers of its legs, in their order
     */
    TrackedCall(
            CallId id,
            CarrierBook carrier,
            long called,
            long grantedAt,
            long overAt,
            Charge charge,
            List<String> terminating) {
        this.id = id;
        this.carrier = carrier;
        this.called = called;
        this.grantedAt = grantedAt;
        this.overAt = overAt;
        this.charge = charge;
        this.terminating = terminating;
    }

    CallId id() {
        return id;
    }

    CarrierBook carrier() {
        return carrier;
    }

    String called() {
        return Long.toString(called);
    }

    long grantedAt() {
        return grantedAt;
    }

    long overAt() {
        return overAt;
    }

    Charge charge() {
        return charge;
    }

    boolean isUp() {
        return !isOver() && !lapsed;
    }

    /** Its time is over and its originating side has not said what became of it. */
    void lapse() {
        lapsed = true;
    }

    /** Whether its originating side has told its end. */
    boolean isOver() {
        return told.isOver();
    }

    /** What was reported of it. */
    Told told() {
        return told.told();
    }

    void told(Told next) {
        told.put(next);
    }

    /** What it cost as far as that was reported and counts: once it is over all, until then what the minutes do not cover. */
    List<Talk> reportedCost() {
        return isOver() ? told().cost(charge.attempt()) : told().besidesTheDearest();
    }

    /** Until when it was up, epoch ms: as reported, or when its time is over. */
    long endedAt() {
        return isOver() ? told.lastAt() : overAt;
    }

    boolean hasLeg(int leg) {
        return leg >= 1 && leg <= Math.min(terminating.size(), Integer.SIZE - 1);
    }

    int legs() {
        return terminating.size();
    }

    /** The carrier that the leg leads to; empty for a leg it does not have. */
    String terminating(int leg) {
        return hasLeg(leg) ? terminating.get(leg - 1) : "";
    }

    static long minute(long millis) {
        return Math.floorDiv(millis, MINUTE_MILLIS);
    }
}
