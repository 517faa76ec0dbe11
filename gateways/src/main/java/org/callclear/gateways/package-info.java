/**
 * The called side: a gateway to the telephone network that opens only to a token made out to it. Enters: the gateway's
 * settings. Leaves: a running gateway. It is the only room that knows all the others and wires them to Kafka and SIP.
 */
@NullMarked
package org.callclear.gateways;

import org.jspecify.annotations.NullMarked;
