/**
 * Names settlement periods. Enters: dates and names. Leaves: names, and verdicts on them. Knows no Kafka and no clock.
 */
@NullMarked
package org.callclear.settlement.period;

import org.jspecify.annotations.NullMarked;
