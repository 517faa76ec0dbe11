/**
 * Archives of the log, period by period, in files that any Avro tool reads. Enter: the journal and the topics that are
 * evidence beside it. Leaves: a directory for each period, chained to the one before and signed, with the subscribers'
 * numbers encrypted; and the journal again, read from there. Knows nothing of what statements say, and writes no topic.
 */
@NullMarked
package org.callclear.app.archive;

import org.jspecify.annotations.NullMarked;
