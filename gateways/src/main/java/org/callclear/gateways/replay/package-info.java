/**
 * The used tokens that all instances of a gateway share. Enters: tokens in which all is right but for their first use,
 * and the gateway's topic of used tokens. Leaves: whether this is the first use, as the topic's order tells it, and
 * claims for the topic. Knows no calls, channels or signatures.
 */
@NullMarked
package org.callclear.gateways.replay;

import org.jspecify.annotations.NullMarked;
