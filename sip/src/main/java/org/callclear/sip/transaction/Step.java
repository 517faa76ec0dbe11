package org.callclear.sip.transaction;

import java.util.List;

/**
 * The outcome of one event.
 *
 * @param next the transaction afterwards
 * @param actions what must be done, in order
 */
public record Step(Transaction next, List<Action> actions) {
    static Step of(Transaction next, Action... actions) {
        return new Step(next, List.of(actions));
    }
}
