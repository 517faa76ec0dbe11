package org.callclear.app.exchange;

import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Role;
import org.jspecify.annotations.Nullable;

/** Puts good values where faults were, so that the next fault of a row shows. What comes of it is never sent. */
final class Mending {
    private Mending() {}

    /**
     * The record with a good value in a field.
     *
     * @param field named as intake names it
     * @param carrier who reports
     */
    static CallDetailRecord mend(CallDetailRecord cdr, String field, String carrier, Instant now) {
        CallDetailRecord.Builder mended = CallDetailRecord.newBuilder(cdr);
        switch (field) {
            case "callId" -> mended.setCallId("00000000-0000-7000-8000-000000000000");
            case "leg" -> mended.setLeg(0);
            case "version" -> mended.setVersion(1);
            case "transactionId" -> mended.setTransactionId(null);
            case "originatingCarrier" -> mended.setOriginatingCarrier(carrier);
            case "terminatingCarrier" -> mended.setTerminatingCarrier(carrier);
            // Whose report it is cannot be asked of a role that cannot be read.
            case "role" -> mended.setRole(Role.ORIGINATING).setOriginatingCarrier(carrier);
            case "calling" -> mended.setCalling("10000000");
            case "called" -> mended.setCalled("10000000");
            case "setupAt" -> mendSetup(mended, now);
            case "answeredAt" -> mended.setAnsweredAt(cdr.getSetupAt());
            case "endedAt" -> mendTimes(mended, now);
            case "sipStatus" -> mended.setSipStatus(goodStatus(cdr.getAnsweredAt() != null));
            case "q850Cause" -> mended.setQ850Cause(0);
            default -> throw new IllegalStateException("intake checks a field that no row has: " + field);
        }
        return mended.build();
    }

    /** A set-up before the earliest that intake takes: the other times are still to be compared with one another. */
    private static void mendSetup(CallDetailRecord.Builder mended, Instant now) {
        Instant next = firstOf(earlier(mended.getAnsweredAt(), mended.getEndedAt()), now);
        if (next.isAfter(mended.getSetupAt())) {
            mended.setSetupAt(next);
        } else {
            mendTimes(mended, now);
        }
    }

    private static void mendTimes(CallDetailRecord.Builder mended, Instant now) {
        mended.setSetupAt(now).setEndedAt(now);
        if (mended.getAnsweredAt() != null) {
            mended.setAnsweredAt(now);
        }
    }

    /** The first that is there. */
    static Instant firstOf(@Nullable Instant... instants) {
        return Stream.of(instants)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .findFirst()
                .orElseThrow();
    }

    /** The earlier of two, or the one that is there. */
    static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    /** A status that fits. */
    static int goodStatus(boolean answered) {
        return answered ? 200 : 487;
    }
}
