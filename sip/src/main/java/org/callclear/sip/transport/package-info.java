/**
 * The sockets: UDP and TCP on one port, TLS on another. Enters: bytes to send and where to. Leaves: the bytes of one message after
 * another and where they came from. Knows of SIP only how a stream is cut into messages (RFC 3261, 18.3), which datagrams
 * may begin a call and whether they bring a proof of who calls, and whom a certificate is for (RFC 5922).
 */
@NullMarked
package org.callclear.sip.transport;

import org.jspecify.annotations.NullMarked;
