/** Tests of the room. */
@NullMarked
package org.callclear.proxy.number;

import org.jspecify.annotations.NullMarked;
