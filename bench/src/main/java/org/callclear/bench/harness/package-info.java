/** What the newer benchmarks share (authorization, metrics, replay, tokens): series of runs, what is asked of their medians, and the report of both as JSON and Markdown. */
@NullMarked
package org.callclear.bench.harness;

import org.jspecify.annotations.NullMarked;
