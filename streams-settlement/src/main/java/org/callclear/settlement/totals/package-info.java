/**
 * Adds up priced calls. Enters: priced calls, and totals of other partitions. Leaves: statement lines and positions.
 * The order of adding makes no difference. Knows no Kafka and no clock.
 */
@NullMarked
package org.callclear.settlement.totals;

import org.jspecify.annotations.NullMarked;
