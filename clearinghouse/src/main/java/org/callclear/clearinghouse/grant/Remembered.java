package org.callclear.clearinghouse.grant;

import java.time.Duration;
import java.time.Instant;
import org.callclear.schemas.avro.AuthorizationDenied;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.call.CallId;

/** A call that was decided lately. */
public sealed interface Remembered {
    /** The call. */
    CallId callId();

    /** The question that was answered. */
    RequestDigest digest();

    /** From then on it may be forgotten. */
    Instant until();

    /** It was granted. The grant may still be on its way to the journal. */
    record Yes(CallId callId, RequestDigest digest, Instant until, Grant grant) implements Remembered {
        /** A grant, remembered until so long after its last token has expired. */
        public static Yes of(Grant grant, Duration margin) {
            Instant expires = grant.getRoutes().stream()
                    .map(GrantedRoute::getExpiresAt)
                    .max(Instant::compareTo)
                    .orElse(grant.getGrantedAt());
            return new Yes(
                    CallId.parse(grant.getCallId()),
                    new RequestDigest(grant.getRequestDigest()),
                    expires.plus(margin),
                    grant);
        }
    }

    /** It was denied. */
    record No(CallId callId, RequestDigest digest, Instant until, AuthorizationDenied denied) implements Remembered {}
}
