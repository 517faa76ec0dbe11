/**
 * What must outlive the process: attempts that are under way and reports that are not yet safe on Kafka. Enters: every
 * begin, answer, end and acknowledgement. Leaves: after a kill, what is still to be reported and released. Knows no
 * Kafka.
 */
@NullMarked
package org.callclear.proxy.journal;

import org.jspecify.annotations.NullMarked;
