package org.callclear.gateways.call;

import java.time.Instant;

/** Where a call stands. */
public sealed interface CallState {
    /** The call. */
    CallFacts facts();

    /** The INVITE is on its way (RFC 3261, 17.1.1: calling or proceeding). */
    record Dialing(CallFacts facts) implements CallState {}

    /** A provisional response of 180 or more came (RFC 3261, 13.3.1.1). */
    record Ringing(CallFacts facts) implements CallState {}

    /** A 2xx came (RFC 3261, 13.2.2.4). */
    record Answered(CallFacts facts, Instant answeredAt) implements CallState {}

    /** Over. Nothing changes it any more. */
    record Ended(CallFacts facts, Outcome outcome) implements CallState {}
}
