/** Tests of the room. */
@NullMarked
package org.callclear.proxy.journal;

import org.jspecify.annotations.NullMarked;
