/** Tests of the life of token keys. */
@NullMarked
package org.callclear.app.keys;

import org.jspecify.annotations.NullMarked;
