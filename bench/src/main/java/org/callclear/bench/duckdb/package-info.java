/** DuckDB doing the sums of settlement: what a column store in the same process takes for them. */
@NullMarked
package org.callclear.bench.duckdb;

import org.jspecify.annotations.NullMarked;
