package org.callclear.gateways.call;

import java.util.List;

/** What came of an event: the state after it, and what is to be done. */
public record Step(CallState next, List<CallAction> actions) {
    public Step {
        actions = List.copyOf(actions);
    }

    static Step to(CallState next, CallAction... actions) {
        return new Step(next, List.of(actions));
    }
}
