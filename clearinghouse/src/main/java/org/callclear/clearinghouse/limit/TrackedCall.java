package org.callclear.clearinghouse.limit;

import java.math.BigInteger;
import java.util.List;
import org.callclear.schemas.call.CallId;
import org.jspecify.annotations.Nullable;

/** A call that counts: granted, and up until the contrary is known. Used under the book's lock. Times are epoch ms. */
final class TrackedCall {
    static final long MINUTE_MILLIS = 60_000;

    private final CallId id;
    private final CarrierBook carrier;
    private final long called;
    private final long grantedAt;
    private final long overAt;
    private final Charge charge;
    private final List<String> terminating;
    private int failedLegs;
    private long dueMinute;
    private boolean lapsed;
    private @Nullable Ending ending;

    /**
     * How it ended, as it was reported.
     *
     * @param from where its cost begins
     * @param to where it ends, not before
     * @param units what it cost in all
     * @param leg the attempt that was answered; 0 when none was
     */
    record Ending(long from, long to, BigInteger units, int leg) {}

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
        return ending == null && !lapsed;
    }

    boolean isLapsed() {
        return lapsed;
    }

    /** Its time is over and nobody has said what became of it. */
    void lapse() {
        lapsed = true;
    }

    @Nullable
    Ending ending() {
        return ending;
    }

    void end(Ending reported) {
        ending = reported;
    }

    /** The carrier that the leg leads to; empty for a leg it does not have. */
    String terminating(int leg) {
        return leg >= 1 && leg <= terminating.size() ? terminating.get(leg - 1) : "";
    }

    /** An attempt has failed; returns whether all have. */
    boolean failed(int leg) {
        failedLegs |= 1 << leg;
        return Integer.bitCount(failedLegs) == terminating.size();
    }

    long dueMinute() {
        return dueMinute;
    }

    void due(long minute) {
        dueMinute = minute;
    }

    static long minute(long millis) {
        return Math.floorDiv(millis, MINUTE_MILLIS);
    }
}
