/** Tests of the room of the same name, with real SIP over the loopback address. */
@NullMarked
package org.callclear.gateways.trunk;

import org.jspecify.annotations.NullMarked;
