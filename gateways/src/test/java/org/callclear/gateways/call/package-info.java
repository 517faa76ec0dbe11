/** Tests of the room of the same name. */
@NullMarked
package org.callclear.gateways.call;

import org.jspecify.annotations.NullMarked;
