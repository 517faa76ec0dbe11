/** Measures the same sums in PostgreSQL. Enters: CSV files. Leaves: times and lines. Knows no Kafka. */
@NullMarked
package org.callclear.bench.postgres;

import org.jspecify.annotations.NullMarked;
