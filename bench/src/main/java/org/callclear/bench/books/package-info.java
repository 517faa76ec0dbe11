/** Reads what settlement wrote and compares it. Enters: postings and statements. Leaves: sums and differences. Measures nothing. */
@NullMarked
package org.callclear.bench.books;

import org.jspecify.annotations.NullMarked;
