/** Tests of the room. */
@NullMarked
package org.callclear.proxy.kafka;

import org.jspecify.annotations.NullMarked;
