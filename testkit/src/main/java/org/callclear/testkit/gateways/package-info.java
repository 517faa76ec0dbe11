/**
 * Stand-ins for a gateway's surroundings. Enters: what a test wants the trunk to do. Leaves: what the gateway did to it.
 * Knows no gateway.
 */
@NullMarked
package org.callclear.testkit.gateways;

import org.jspecify.annotations.NullMarked;
