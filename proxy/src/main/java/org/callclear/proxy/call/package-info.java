/**
 * What becomes of one call, from the caller's INVITE to its end: a pure state machine. Enters: what the caller, the
 * clearinghouse, the gateways and the clock did. Leaves: what to say to each of them, and one report for every attempt.
 * Knows no Kafka, no socket, no thread and no clock.
 */
@NullMarked
package org.callclear.proxy.call;

import org.jspecify.annotations.NullMarked;
