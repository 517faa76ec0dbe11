/**
 * The stages of the stream job: each keeps the state that one pure room decides on. Enters: records of the journal.
 * Leaves: findings, totals, statements. Decides nothing by itself and reads no wall clock for a result.
 */
@NullMarked
package org.callclear.settlement.stages;

import org.jspecify.annotations.NullMarked;
