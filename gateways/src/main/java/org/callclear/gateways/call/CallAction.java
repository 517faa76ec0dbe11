package org.callclear.gateways.call;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Sdp;

/** What is to be done, in the order given. */
public sealed interface CallAction {
    /** Send the INVITE with this offer. */
    record Dial(Sdp offer) implements CallAction {}

    /** End the trunk leg. */
    record HangUp(Cause cause) implements CallAction {}

    /** Tell the proxy. */
    record Tell(SpecificRecord event) implements CallAction {}

    /** Keep the instant of the answer safe. */
    record NoteAnswer(Instant answeredAt) implements CallAction {}

    /** Wake the call with {@link CallEvent.MaxDurationReached} at this instant. */
    record ArmMaxDuration(Instant at) implements CallAction {}

    /** Report the call. Always the last thing done for it. */
    record WriteCdr(Outcome outcome) implements CallAction {}

    /** A record named this call without knowing its secret; count it. */
    record CountDisbelieved() implements CallAction {}
}
