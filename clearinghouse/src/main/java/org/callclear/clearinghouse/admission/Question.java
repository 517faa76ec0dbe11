package org.callclear.clearinghouse.admission;

import java.time.Instant;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;

/**
 * A request that could be read.
 *
 * @param request what it says; its call id is {@code callId}
 * @param callId the call
 * @param asker the carrier that is proved to have asked, by the topic it came on
 * @param writtenAt the record's Kafka timestamp
 */
public record Question(AuthorizationRequest request, CallId callId, CarrierId asker, Instant writtenAt) {}
