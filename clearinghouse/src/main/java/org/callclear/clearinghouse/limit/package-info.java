/**
 * How much a carrier may call: calls in a second, calls at once, cost in an hour. Enters: limits, calls about to be
 * granted, grants and reports of other instances, instants. Leaves: whether one more call stays within, and if not, the
 * reason for a denial and which limit was struck. Knows no topics and no clock, and does not answer.
 */
@NullMarked
package org.callclear.clearinghouse.limit;

import org.jspecify.annotations.NullMarked;
