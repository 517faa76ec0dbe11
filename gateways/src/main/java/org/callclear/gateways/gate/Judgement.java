package org.callclear.gateways.gate;

import org.callclear.gateways.call.CallFacts;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.sip.call.Sdp;

/** What the gate says to a set-up request. */
public sealed interface Judgement {
    /**
     * Let in: the token is used up and a channel is taken, which whoever receives this must give back when the call is
     * over.
     *
     * @param facts the call as the token proves it
     * @param offer the caller's SDP
     */
    record LetIn(CallFacts facts, Sdp offer) implements Judgement {}

    /** Not let in, and why; no channel is held. */
    record Refused(SetupRefusal refusal) implements Judgement {}
}
