package org.callclear.settlement.reconcile;

/**
 * When something happens to a call.
 *
 * @param callId the call
 * @param logMillis the journal's time, ms since 1970
 * @param placing the open periods
 */
public record Moment(String callId, long logMillis, Placed.Placing placing) {}
