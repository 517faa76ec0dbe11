/**
 * The stages of the stream job: each keeps the state that one pure room decides on. Enters: records of the journal.
 * Leaves: findings, totals, drafts of statements. Runs under Streams, or in memory without it ({@code PartitionReplay}). Decides
 * nothing by itself, reads no wall clock for a result, and signs nothing.
 */
@NullMarked
package org.callclear.settlement.stages;

import org.jspecify.annotations.NullMarked;
