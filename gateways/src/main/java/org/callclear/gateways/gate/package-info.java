/**
 * Who is let in. Enters: the record that asks for a set-up. Leaves: a call that may be dialled, with a channel taken
 * for it, or the one reason why not; and counts of tokens by what became of them. Knows no topics, trunks or threads.
 */
@NullMarked
package org.callclear.gateways.gate;

import org.jspecify.annotations.NullMarked;
