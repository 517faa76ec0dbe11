/** Tests of the embedded stack, most of them on a real broker. */
@NullMarked
package org.callclear.app.stack;

import org.jspecify.annotations.NullMarked;
