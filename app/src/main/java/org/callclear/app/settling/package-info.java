/**
 * What people ask of settlement, and read of it: closing a period, statements, netting. Enters: names of periods, statements
 * and carriers, exchange rates. Leaves: commands on their topic, the statements that are there, and closed periods netted.
 * Computes no money itself: the pure rooms of settlement do.
 */
@NullMarked
package org.callclear.app.settling;

import org.jspecify.annotations.NullMarked;
