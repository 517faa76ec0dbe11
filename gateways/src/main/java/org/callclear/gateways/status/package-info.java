/**
 * How the gateway is. Enters: refusals, what there is to see of channels and calls, and the token keys it believes. Leaves: a
 * heartbeat at a steady pace. Knows no calls, tokens or trunks.
 */
@NullMarked
package org.callclear.gateways.status;

import org.jspecify.annotations.NullMarked;
