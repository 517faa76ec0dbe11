/** Tests of the room of the same name. */
@NullMarked
package org.callclear.gateways.gate;

import org.jspecify.annotations.NullMarked;
