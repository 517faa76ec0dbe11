package org.callclear.app.rerating;

import java.time.Instant;
import java.util.Objects;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.PricedLeg;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.rating.RateDeck;

/**
 * Which calls are priced anew, and by what.
 *
 * @param contract as it stands now
 * @param deck the one that it prices by now
 * @param from the first rating instant
 * @param to the first rating instant that is no more part of it
 * @param granted whether the origination of calls that were authorized here is part of it
 */
public record Scope(Contract contract, RateDeck deck, Instant from, Instant to, boolean granted) {
    /** @throws IllegalArgumentException when the time is empty */
    public Scope {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from " + from + " to " + to + ": must end after it begins");
        }
    }

    /** The side that the contract prices. */
    Role side() {
        return contract.getSide();
    }

    /** Whether a call as settlement found it is of this time and was, or could have been, priced by this contract. */
    boolean covers(ReconciledCall call) {
        boolean inTime =
                !call.getAnsweredAt().isBefore(from) && call.getAnsweredAt().isBefore(to);
        PricedLeg leg = RatedCall.leg(call, side());
        return inTime
                && carrier(call).equals(contract.getCarrier())
                && (leg == null
                        ? call.getClaimedMillis() != null || call.getReconciliation() == ReconciliationClass.UNRATED
                        : Objects.equals(leg.getTerms().getContract(), contract.getId()));
    }

    private String carrier(ReconciledCall call) {
        return side() == Role.ORIGINATING ? call.getOriginatingCarrier() : call.getTerminatingCarrier();
    }
}
