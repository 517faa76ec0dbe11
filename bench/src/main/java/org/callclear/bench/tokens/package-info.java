/** How many tokens one core issues and verifies, beside the bare signatures of Bouncy Castle. */
@NullMarked
package org.callclear.bench.tokens;

import org.jspecify.annotations.NullMarked;
