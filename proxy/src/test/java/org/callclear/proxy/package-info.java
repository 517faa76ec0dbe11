/** Tests of the loop around the calls. */
@NullMarked
package org.callclear.proxy;

import org.jspecify.annotations.NullMarked;
