/**
 * Which gateways may complete a call, in order. Enters: a called number, a snapshot, an instant. Leaves: offers with
 * their price, or why there are none. Knows no originating carrier's price and no tokens.
 */
@NullMarked
package org.callclear.clearinghouse.routing;

import org.jspecify.annotations.NullMarked;
