/**
 * Writes the double entry of a priced call. Enters: a priced call, or a closed statement whose lines were rounded. Leaves: postings that sum to zero in every currency.
 * Knows no Kafka and no rates.
 */
@NullMarked
package org.callclear.settlement.post;

import org.jspecify.annotations.NullMarked;
