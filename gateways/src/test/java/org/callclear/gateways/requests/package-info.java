/** Tests of the room of the same name. */
@NullMarked
package org.callclear.gateways.requests;

import org.jspecify.annotations.NullMarked;
