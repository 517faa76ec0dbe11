/** How long the whole system takes to be ready. */
@NullMarked
package org.callclear.bench.start;

import org.jspecify.annotations.NullMarked;
