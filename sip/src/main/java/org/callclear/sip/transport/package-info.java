/**
 * The sockets: UDP and TCP on one port. Enters: bytes to send and where to. Leaves: the bytes of one message after
 * another and where they came from. Knows of SIP only how a stream is cut into messages (RFC 3261, 18.3).
 */
@NullMarked
package org.callclear.sip.transport;

import org.jspecify.annotations.NullMarked;
