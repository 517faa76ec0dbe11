/**
 * Sets what participants owe one another off, in each currency by itself. Enters: obligations, or the postings of closed
 * periods, minimum payments and exchange rates. Leaves: payments between pairs, net positions that sum to zero, what is
 * paid now and what is carried forward. Knows no Kafka, no clock and no files.
 */
@NullMarked
package org.callclear.settlement.net;

import org.jspecify.annotations.NullMarked;
