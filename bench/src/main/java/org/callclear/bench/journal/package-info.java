/** Makes the traffic that is measured. Enters: a seed and a count. Leaves: the journal's records, on a topic and as CSV. Knows nothing of what is measured. */
@NullMarked
package org.callclear.bench.journal;

import org.jspecify.annotations.NullMarked;
