/**
 * SIP messages as values, and the codec between them and bytes. Enters: bytes of one message. Leaves: a message whose
 * mandatory header fields are whole, or the fault and what is needed to answer it. Knows no sockets, timers or calls.
 */
@NullMarked
package org.callclear.sip.message;

import org.jspecify.annotations.NullMarked;
