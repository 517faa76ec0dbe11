/** Tests of pricing anew. */
@NullMarked
package org.callclear.app.rerating;

import org.jspecify.annotations.NullMarked;
