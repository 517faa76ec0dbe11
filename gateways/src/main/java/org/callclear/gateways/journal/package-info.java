/**
 * Which calls are open, kept so that even a killed process leaves enough to report them. Enters: what happens to open
 * calls, and the time now and then. Leaves: after a restart, the calls that were open. Knows no topics and no trunks.
 */
@NullMarked
package org.callclear.gateways.journal;

import org.jspecify.annotations.NullMarked;
