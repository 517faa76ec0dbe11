/** What counting costs: decisions and token checks with meters that a page shows, beside the same without. */
@NullMarked
package org.callclear.bench.counting;

import org.jspecify.annotations.NullMarked;
