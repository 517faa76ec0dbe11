/**
 * The transactions of RFC 3261, 17, with the accepted state of RFC 6026. Enters: messages from the wire, responses from
 * above, time-outs. Leaves: messages to send, timers to set, what the user above must hear. Knows no calls, dialogs or
 * sockets.
 */
@NullMarked
package org.callclear.sip.transaction;

import org.jspecify.annotations.NullMarked;
