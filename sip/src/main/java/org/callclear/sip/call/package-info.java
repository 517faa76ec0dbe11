/**
 * What a party sees of SIP: calls that come in, calls that go out. Enters: what the party wants of a call. Leaves: what
 * the other end did. Knows no headers beyond what a call needs, no sockets, no topics.
 */
@NullMarked
package org.callclear.sip.call;

import org.jspecify.annotations.NullMarked;
