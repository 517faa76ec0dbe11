/**
 * Compares the grant and the two reports of a call. Enters: grants, reports and the passing of log time, in any order.
 * Leaves: findings. Knows no prices, no Kafka and no wall clock.
 */
@NullMarked
package org.callclear.settlement.reconcile;

import org.jspecify.annotations.NullMarked;
