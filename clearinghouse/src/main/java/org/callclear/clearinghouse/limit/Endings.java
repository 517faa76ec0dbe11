package org.callclear.clearinghouse.limit;

import java.math.BigInteger;
import java.time.Instant;
import org.callclear.clearinghouse.limit.TrackedCall.Ending;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.Role;
import org.jspecify.annotations.Nullable;

/**
 * What a report makes of a call. Of two reports the one that costs more counts: neither side can make a call cheap that the
 * other has told of.
 */
final class Endings {
    private static final int NOBODY_ANSWERED = 480;

    private Endings() {}

    /** How the call ended, going by the report and those before it; null when the report changes nothing. */
    static @Nullable Ending after(TrackedCall call, CallDetailRecord cdr, long now) {
        Instant answeredAt = cdr.getAnsweredAt();
        if (answeredAt != null) {
            return answered(call, cdr, answeredAt, now);
        }
        boolean all = cdr.getLeg() >= 1 && cdr.getLeg() < Integer.SIZE && call.failed(cdr.getLeg());
        if (call.ending() != null || !(all || isFinal(cdr))) {
            return null;
        }
        long at = Math.clamp(cdr.getEndedAt().toEpochMilli(), call.grantedAt(), Math.max(now, call.grantedAt()));
        return new Ending(at, at, call.charge().attempt(), 0);
    }

    /** Whether the originating side will try no other gateway, as far as its report tells. */
    private static boolean isFinal(CallDetailRecord cdr) {
        return cdr.getRole() == Role.ORIGINATING
                && (cdr.getLeg() == 0
                        || cdr.getReleaseSource() == ReleaseSource.CALLER
                        || cdr.getReleaseSource() == ReleaseSource.CALLED
                        || cdr.getSipStatus() == NOBODY_ANSWERED);
    }

    private static @Nullable Ending answered(TrackedCall call, CallDetailRecord cdr, Instant answeredAt, long now) {
        long talked = Math.max(0, cdr.getEndedAt().toEpochMilli() - answeredAt.toEpochMilli());
        BigInteger units = call.charge().talk(talked, answeredAt);
        long latest = Math.max(now, call.grantedAt());
        long from = Math.clamp(answeredAt.toEpochMilli(), call.grantedAt(), latest);
        long to = Math.clamp(cdr.getEndedAt().toEpochMilli(), from, latest);
        Ending before = call.ending();
        if (before == null || before.leg() == 0) {
            return new Ending(from, to, units, cdr.getLeg());
        }
        if (before.leg() != cdr.getLeg()) { // a second gateway let the same call in: both cost
            return new Ending(
                    Math.min(before.from(), from),
                    Math.max(before.to(), to),
                    before.units().add(units),
                    before.leg());
        }
        return units.compareTo(before.units()) > 0 ? new Ending(from, to, units, cdr.getLeg()) : null;
    }
}
