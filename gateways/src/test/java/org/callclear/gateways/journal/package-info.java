/** Tests of the room of the same name. */
@NullMarked
package org.callclear.gateways.journal;

import org.jspecify.annotations.NullMarked;
