/**
 * Prices what settles and what is withheld. Enters: findings with the terms they go by. Leaves: the same with prices, ready for the books. Knows no
 * Kafka, and looks no rate up: the terms come with the call.
 */
@NullMarked
package org.callclear.settlement.price;

import org.jspecify.annotations.NullMarked;
