/** Tests of the room of the same name. */
@NullMarked
package org.callclear.gateways.switching;

import org.jspecify.annotations.NullMarked;
