/**
 * SIP messages as values, and the codec between them and bytes. Enters: bytes of one message. Leaves: a message whose
 * mandatory header fields are whole, or the fault and what is needed to answer it. Knows no sockets, timers or calls.
 *
 * <p>The reader is our own: pkts-sip 3.0.18 took 21 of the 30 false messages in this module's test corpus, among them
 * two From fields, a missing Via and a control character hidden in a Request-URI.
 */
@NullMarked
package org.callclear.sip.message;

import org.jspecify.annotations.NullMarked;
