package org.callclear.schemas.rating;

import org.callclear.schemas.money.ExactAmount;

/**
 * What an answered call comes to.
 *
 * @param billedSeconds after free seconds, initial seconds and increments; 0 or more
 * @param exact the price with its fees, before the one rounding
 */
public record Price(long billedSeconds, ExactAmount exact) {}
