/**
 * Takes in what parties report and what people command. Enters: CDRs from the carriers' topics and commands. Leaves:
 * accepted CDRs and period barriers on the journal, everything else on the rejected topic. Knows no prices and pairs
 * nothing.
 */
@NullMarked
package org.callclear.settlement.intake;

import org.jspecify.annotations.NullMarked;
