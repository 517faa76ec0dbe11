/**
 * The loop between Kafka and the decision. Enters: request records, snapshots, grants read back from the journal.
 * Leaves: grants, answers, rejected records, committed offsets, in this order. Decides nothing itself.
 */
@NullMarked
package org.callclear.clearinghouse.answering;

import org.jspecify.annotations.NullMarked;
