package org.callclear.sip.transaction;

import java.time.Duration;
import org.callclear.sip.message.Packed;
import org.callclear.sip.message.SipMessage;

/** What a transaction wants done, in order. */
public sealed interface Action {
    /** Send this. */
    record Send(SipMessage message) implements Action {}

    /** Send this, once more or for the first time. */
    record SendPacked(Packed response) implements Action {}

    /** Start a timer, or start it again. */
    record Start(Timer timer, Duration after) implements Action {}

    /** Stop a timer, running or not. */
    record Stop(Timer timer) implements Action {}

    /** Tell the user above. */
    record Tell(Notice notice) implements Action {}
}
