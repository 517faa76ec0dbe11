/**
 * Takes in what parties report and what people command. Enters: CDRs from the carriers' topics, commands and reference
 * data. Leaves: accepted CDRs, those of traffic that was not authorized here with their price, commands and period
 * barriers on the journal, everything else on the rejected topic. Pairs nothing and posts nothing.
 */
@NullMarked
package org.callclear.settlement.intake;

import org.jspecify.annotations.NullMarked;
