/** Several instances of one party over the same topics: what they settle together, and what one's coming or going costs. */
@NullMarked
package org.callclear.bench.scale;

import org.jspecify.annotations.NullMarked;
