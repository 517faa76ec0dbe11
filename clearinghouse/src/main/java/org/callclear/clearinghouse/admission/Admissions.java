package org.callclear.clearinghouse.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.callclear.clearinghouse.reference.ReferenceSnapshot;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.avro.PartyStatus;
import org.callclear.schemas.call.E164Number;
import org.jspecify.annotations.Nullable;

/** The guards before a decision, in order: who asks, what is asked, and when. */
public final class Admissions {
    /** How far a proxy's clock may run ahead. */
    public static final Duration SKEW = Duration.ofSeconds(30);

    private static final int MOST_ROUTES = 16;

    private final Duration maxAge;

    /** @param maxAge an older question is refused */
    public Admissions(Duration maxAge) {
        this.maxAge = maxAge;
    }

    /** Goes through the guards. */
    public Admission admit(Question question, ReferenceSnapshot reference, Instant now) {
        Admission.Refused fault = faultOfAsker(question, reference);
        if (fault == null) {
            fault = faultOfNumbers(question.request());
        }
        if (fault == null) {
            fault = faultOfTime(question, now);
        }
        return fault != null ? fault : new Admission.Admitted(call(question));
    }

    private static Admission.@Nullable Refused faultOfAsker(Question question, ReferenceSnapshot reference) {
        String named = question.request().getOriginatingCarrier();
        if (!named.equals(question.asker().value())) {
            return refused(DenialReason.CARRIER_MISMATCH, "originatingCarrier is not " + question.asker());
        }
        Optional<PartyStatus> status = reference.status(question.asker());
        if (status.isEmpty()) {
            return refused(DenialReason.UNKNOWN_CARRIER, "carrier " + question.asker() + " is not known here");
        }
        return status.get() == PartyStatus.ACTIVE
                ? null
                : refused(DenialReason.CARRIER_SUSPENDED, "carrier " + question.asker() + " is " + status.get());
    }

    private static Admission.@Nullable Refused faultOfNumbers(AuthorizationRequest request) {
        if (!E164Number.isValid(request.getCalling())) {
            return refused(DenialReason.INVALID_CALLING_NUMBER, "calling is not an E.164 number");
        }
        if (!E164Number.isValid(request.getCalled())) {
            return refused(DenialReason.INVALID_CALLED_NUMBER, "called is not an E.164 number");
        }
        // Between carriers a call to oneself can only be a loop or a test of what slips through.
        return request.getCalled().equals(request.getCalling())
                ? refused(DenialReason.INVALID_CALLED_NUMBER, "called is the calling number")
                : null;
    }

    /**
     * The call id's birth counts too: once the grant book has forgotten a call, its id cannot be used for another.
     */
    private Admission.@Nullable Refused faultOfTime(Question question, Instant now) {
        Instant asked = question.request().getRequestedAt();
        Instant born = question.callId().bornAt();
        for (Instant time : new Instant[] {asked, born, question.writtenAt()}) {
            if (time.isBefore(now.minus(maxAge))) {
                return refused(DenialReason.REQUEST_EXPIRED, "asked more than " + maxAge + " ago");
            }
            if (time.isAfter(now.plus(SKEW))) {
                return refused(DenialReason.MALFORMED_REQUEST, "asked more than " + SKEW + " in the future");
            }
        }
        return null;
    }

    private static AskedCall call(Question question) {
        AuthorizationRequest request = question.request();
        return new AskedCall(
                question.callId(),
                request.getSipCallId(),
                question.asker(),
                request.getProxy(),
                new E164Number(request.getCalling()),
                new E164Number(request.getCalled()),
                request.getRequestedAt(),
                Math.clamp(request.getMaxGateways(), 1, MOST_ROUTES));
    }

    private static Admission.Refused refused(DenialReason reason, String detail) {
        return new Admission.Refused(reason, detail);
    }
}
