/**
 * Makes a closed statement and writes it down. Enters: the totals of one carrier and the places in the log they came
 * from. Leaves: canonical JSON, and views of it. Knows no Kafka and no clock.
 */
@NullMarked
package org.callclear.settlement.statement;

import org.jspecify.annotations.NullMarked;
