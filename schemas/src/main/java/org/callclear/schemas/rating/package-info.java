/**
 * What a call costs, as pure functions. Enters: terms and a talk time, or deck rows and an instant. Leaves: billed
 * seconds, exact prices, the row that holds. Knows no Kafka, no clock, no parties.
 */
@NullMarked
package org.callclear.schemas.rating;

import org.jspecify.annotations.NullMarked;
