package org.callclear.settlement.price;

import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.Role;
import org.callclear.settlement.reconcile.Placed;
import org.jspecify.annotations.Nullable;

/**
 * One side of an entry.
 *
 * @param role ORIGINATING: the carrier owes it. TERMINATING: it is owed to the carrier
 * @param carrier whose amounts these are
 * @param counterparty the carrier on the other end
 * @param terms what it was priced by
 * @param placed where it stands in time
 * @param settled what the call, or the attempt, costs; null when nothing settles
 * @param withheld what is disputed on top; null when nothing is
 */
public record PricedSide(
        Role role,
        String carrier,
        String counterparty,
        RateTerms terms,
        Placed placed,
        @Nullable Cost settled,
        @Nullable Cost withheld) {}
