/**
 * Puts a price on what settles. Enters: a settled talk time and the granted terms. Leaves: the price of each side. Knows
 * no Kafka; the arithmetic is the shared language's.
 */
@NullMarked
package org.callclear.settlement.price;

import org.jspecify.annotations.NullMarked;
