/** The sums of settlement in SQL, the same text for each database that they are compared with. */
@NullMarked
package org.callclear.bench.sql;

import org.jspecify.annotations.NullMarked;
