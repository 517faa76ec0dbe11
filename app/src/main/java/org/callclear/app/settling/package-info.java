/**
 * What people ask of settlement, and read of it: closing a period, statements. Enters: names of periods, statements and
 * carriers. Leaves: commands on their topic, and the statements that are there. Computes no money.
 */
@NullMarked
package org.callclear.app.settling;

import org.jspecify.annotations.NullMarked;
