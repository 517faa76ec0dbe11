package org.callclear.settlement.reconcile;

import java.util.ArrayList;
import java.util.List;

/**
 * What happened to a call, and what is found on looking at it for that.
 *
 * @param told what was told to be wrong with its reports before it happened
 * @param findings those so far; more are added
 */
record Occasion(Moment now, LegReview.Event event, Reasons told, List<Finding> findings) {
    /** Something is about to happen. */
    static Occasion of(CallFile file, Moment now, LegReview.Event event) {
        return new Occasion(now, event, Reasons.of(file, now.callId()), new ArrayList<>());
    }
}
