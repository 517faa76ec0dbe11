/**
 * Cuts time into settlement periods, and follows which are open. Enters: instants, names, barriers. Leaves: periods,
 * standings of the journal, and verdicts on what may be closed. Knows no Kafka and no clock.
 */
@NullMarked
package org.callclear.settlement.period;

import org.jspecify.annotations.NullMarked;
