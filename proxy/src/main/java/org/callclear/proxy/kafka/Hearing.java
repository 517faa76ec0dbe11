package org.callclear.proxy.kafka;

import org.callclear.proxy.call.CallEvent;
import org.callclear.schemas.call.CallId;

/** Takes what the clearinghouse and the gateways say of calls of this instance. */
@FunctionalInterface
public interface Hearing {
    /** Something was said of a call; perhaps of one that is over, perhaps by a liar. Must not block. */
    void heard(CallId call, CallEvent event);
}
