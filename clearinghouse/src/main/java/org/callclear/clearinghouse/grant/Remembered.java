package org.callclear.clearinghouse.grant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
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

    /**
     * It was granted. The grant may still be on its way to the journal. It is kept as bytes: there are hundreds of thousands,
     * each would be some forty objects, and hardly any is asked for again.
     *
     * @param bytes the grant in Avro's single-object encoding
     */
    record Yes(CallId callId, RequestDigest digest, Instant until, ByteBuffer bytes) implements Remembered {
        /** A grant, remembered until so long after its last token has expired. */
        public static Yes of(Grant grant, Duration margin) {
            Instant expires = grant.getRoutes().stream()
                    .map(GrantedRoute::getExpiresAt)
                    .max(Instant::compareTo)
                    .orElse(grant.getGrantedAt());
            try {
                return new Yes(
                        CallId.parse(grant.getCallId()),
                        new RequestDigest(grant.getRequestDigest()),
                        expires.plus(margin),
                        grant.toByteBuffer());
            } catch (IOException e) {
                throw new UncheckedIOException("bytes in memory", e);
            }
        }

        /** The grant. */
        public Grant grant() {
            try {
                return Grant.fromByteBuffer(bytes.duplicate());
            } catch (IOException e) {
                throw new UncheckedIOException("bytes in memory", e);
            }
        }
    }

    /** It was denied. */
    record No(CallId callId, RequestDigest digest, Instant until, AuthorizationDenied denied) implements Remembered {}
}
