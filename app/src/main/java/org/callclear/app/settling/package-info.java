/**
 * What people ask of settlement, and read of it: closing a period, statements, netting, disputes. Enters: names of periods,
 * statements and carriers, exchange rates, decisions. Leaves: commands on their topic and what became of them, the statements
 * and disputes that are there, and closed periods netted.
 * Computes no money itself: the pure rooms of settlement do.
 */
@NullMarked
package org.callclear.app.settling;

import org.jspecify.annotations.NullMarked;
