/**
 * How much a carrier may call: calls in a second, calls at once, cost in an hour. Enters: limits, calls about to be
 * granted, grants and reports of other instances, instants. Leaves: whether one more call stays within. Knows no topics, no
 * clock and no answers.
 */
@NullMarked
package org.callclear.clearinghouse.limit;

import org.jspecify.annotations.NullMarked;
