/** Tests of the room of the same name. */
@NullMarked
package org.callclear.gateways.keys;

import org.jspecify.annotations.NullMarked;
