/** Measures a consumer that only decodes the journal. Leaves: the time it takes. Knows nothing of settlement. */
@NullMarked
package org.callclear.bench.decode;

import org.jspecify.annotations.NullMarked;
