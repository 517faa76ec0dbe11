package org.callclear.clearinghouse.limit;

import java.time.Instant;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.Role;

/**
 * What a report makes of a call. Only the originating side ends it: the terminating one may be who gains from the fraud, so
 * its word can make a call dearer and nothing else.
 */
final class Reports {
    private static final int NOBODY_ANSWERED = 480;

    private Reports() {}

    /**
     * What is told of the call with one more report of one of its sides.
     *
     * @param now epoch ms
     */
    static Told after(TrackedCall call, AcceptedCdr accepted, long now) {
        CallDetailRecord cdr = accepted.getCdr();
        boolean originating = cdr.getRole() == Role.ORIGINATING;
        long latest = latest(call, accepted, now);
        Instant answeredAt = cdr.getAnsweredAt();
        if (answeredAt != null) {
            Told told = call.told().with(talk(call, cdr, answeredAt, latest));
            return originating ? told.ended() : told;
        }
        return originating ? unanswered(call, cdr, latest) : call.told();
    }

    /** A call is not up before its grant, nor when its report was taken in, nor when its time is over. */
    private static long latest(TrackedCall call, AcceptedCdr accepted, long now) {
        long heard = Math.min(now, accepted.getAcceptedAt().toEpochMilli());
        return Math.max(call.grantedAt(), Math.min(heard, call.overAt()));
    }

    /**
     * A clock may be off: then the talk is moved to where it can have been and keeps its length, but for what there is no
     * room for.
     */
    private static Talk talk(TrackedCall call, CallDetailRecord cdr, Instant answeredAt, long latest) {
        long reported = Math.max(0, cdr.getEndedAt().toEpochMilli() - answeredAt.toEpochMilli());
        long talked = Math.min(reported, latest - call.grantedAt());
        long from = Math.clamp(answeredAt.toEpochMilli(), call.grantedAt(), latest - talked);
        return new Talk(cdr.getLeg(), from, from + talked, call.charge().talk(talked, answeredAt));
    }

    private static Told unanswered(TrackedCall call, CallDetailRecord cdr, long latest) {
        long at = Math.clamp(cdr.getEndedAt().toEpochMilli(), call.grantedAt(), latest);
        Told told = call.told().withFailed(call.hasLeg(cdr.getLeg()) ? cdr.getLeg() : 0, at);
        boolean all = Integer.bitCount(told.failedLegs()) == call.legs();
        return all || isFinal(cdr) ? told.ended() : told;
    }

    /** Whether the originating side will try no other gateway, as far as its report tells. */
    private static boolean isFinal(CallDetailRecord cdr) {
        return cdr.getLeg() == 0
                || cdr.getReleaseSource() == ReleaseSource.CALLER
                || cdr.getReleaseSource() == ReleaseSource.CALLED
                || cdr.getSipStatus() == NOBODY_ANSWERED;
    }
}
