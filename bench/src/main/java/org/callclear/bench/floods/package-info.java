/**
 * A SIP user agent under floods. Enters: how many calls and how much flood. Leaves: how long known callers waited. Knows no
 * carriers, tokens or topics.
 */
@NullMarked
package org.callclear.bench.floods;

import org.jspecify.annotations.NullMarked;
