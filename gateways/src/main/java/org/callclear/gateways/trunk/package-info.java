/**
 * The way to the telephone network. Enters: a call to dial. Leaves: what the other end did with it. Knows the address
 * of one SIP trunk, and no tokens, topics or CDRs.
 */
@NullMarked
package org.callclear.gateways.trunk;

import org.jspecify.annotations.NullMarked;
