/** Tests of the room of the same name. */
@NullMarked
package org.callclear.gateways.pstn;

import org.jspecify.annotations.NullMarked;
