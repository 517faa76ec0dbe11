/**
 * One call of a gateway, from the dial to the end, as a pure function. Enters: what the trunk did, what the proxy asks,
 * what the clock says. Leaves: what is to be done. Knows no sockets, topics, threads or clocks.
 */
@NullMarked
package org.callclear.gateways.call;

import org.jspecify.annotations.NullMarked;
