/**
 * A telephone network to try a gateway against. Enters: SIP calls. Leaves: what the last two digits of the called
 * number ask for, and a count of the calls that came. Knows no carriers, tokens or topics.
 */
@NullMarked
package org.callclear.gateways.pstn;

import org.jspecify.annotations.NullMarked;
