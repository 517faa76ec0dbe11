/** Measures settlement. Enters: a journal. Leaves: the time until the last closing statement. Knows the topology by one class only. */
@NullMarked
package org.callclear.bench.settle;

import org.jspecify.annotations.NullMarked;
