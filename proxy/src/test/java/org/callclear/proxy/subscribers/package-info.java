/** Tests of the room. */
@NullMarked
package org.callclear.proxy.subscribers;

import org.jspecify.annotations.NullMarked;
