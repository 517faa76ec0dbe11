/**
 * Exact money. Enters: rates, fees and counts. Leaves: whole numbers of 1/60,000,000 of a currency unit, and the one
 * rounding. Knows no calls and no topics. No floating point.
 */
@NullMarked
package org.callclear.schemas.money;

import org.jspecify.annotations.NullMarked;
