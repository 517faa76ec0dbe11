package org.callclear.proxy.call;

import java.util.List;

/**
 * What an event makes of a call.
 *
 * @param next the state after it
 * @param actions what to do, in this order
 */
public record Step(CallState next, List<CallAction> actions) {
    /** Copies the actions. */
    public Step {
        actions = List.copyOf(actions);
    }

    /** The event means nothing here. */
    static Step stay(CallState state) {
        return new Step(state, List.of());
    }
}
