/**
 * Keeps the file of a call and judges its attempts. Enters: grants, reports, commands and the passing of log time, in any
 * order. Leaves: findings. Knows no Kafka, no store and no wall clock; of prices only what a dispute gate asks for and what a
 * dispute says is withheld.
 */
@NullMarked
package org.callclear.settlement.reconcile;

import org.jspecify.annotations.NullMarked;
