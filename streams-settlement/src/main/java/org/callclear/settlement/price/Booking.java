package org.callclear.settlement.price;

import org.callclear.schemas.avro.ReconciledCall;
import org.jspecify.annotations.Nullable;

/**
 * A change with its prices.
 *
 * @param call what holds now, with the price of what settles
 * @param reversal takes back what the books held; null when they held nothing
 * @param entry what the books are to hold; null for nothing
 * @param cause why
 * @param commandId the command behind it; empty when none is
 */
public record Booking(
        ReconciledCall call,
        @Nullable PricedEntry reversal,
        @Nullable PricedEntry entry,
        String cause,
        String commandId) {}
