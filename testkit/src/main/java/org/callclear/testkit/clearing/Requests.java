package org.callclear.testkit.clearing;

import java.time.Instant;
import java.util.Random;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.call.CallId;

/** Builds requests as a proxy writes them. Immutable: each change gives another. */
public record Requests(AuthorizationRequest request) {

    /** A valid request from {@code acme}, asked now; the seed tells calls apart. */
    public static Requests aRequest(Instant now, long seed) {
        CallId callId = CallId.mint(now, new Random(seed));
        return new Requests(new AuthorizationRequest(
                callId.toString(), "sip-" + seed, "acme", "p1", "12025550100", "442079460000", now, 3));
    }

    /** From another carrier. */
    public Requests from(String carrier) {
        return new Requests(AuthorizationRequest.newBuilder(request)
                .setOriginatingCarrier(carrier)
                .build());
    }

    /** With another calling number. */
    public Requests calling(String number) {
        return new Requests(
                AuthorizationRequest.newBuilder(request).setCalling(number).build());
    }

    /** To another called number. */
    public Requests to(String number) {
        return new Requests(
                AuthorizationRequest.newBuilder(request).setCalled(number).build());
    }

    /** Asked at another time. */
    public Requests askedAt(Instant time) {
        return new Requests(
                AuthorizationRequest.newBuilder(request).setRequestedAt(time).build());
    }

    /** With another number of gateways that the proxy will try. */
    public Requests forAtMost(int gateways) {
        return new Requests(AuthorizationRequest.newBuilder(request)
                .setMaxGateways(gateways)
                .build());
    }

    /** Of another call. */
    public Requests withCallId(String callId) {
        return new Requests(
                AuthorizationRequest.newBuilder(request).setCallId(callId).build());
    }
}
