/**
 * Who takes part, at what price, and who is alive. Enters: reference records and heartbeats from topics. Leaves:
 * immutable snapshots that a decision reads without locks. Knows no requests and no tokens.
 */
@NullMarked
package org.callclear.clearinghouse.reference;

import org.jspecify.annotations.NullMarked;
