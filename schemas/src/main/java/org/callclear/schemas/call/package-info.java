/**
 * The values that name a call and its parties. Enters: text from a wire or a file. Leaves: values that are whole from
 * birth. Knows no prices, no topics and no sockets.
 */
@NullMarked
package org.callclear.schemas.call;

import org.jspecify.annotations.NullMarked;
