package org.callclear.clearinghouse.limit;

import java.util.List;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;

/**
 * A call that is about to be granted, or was.
 *
 * @param carrier who pays for it
 * @param terms what that carrier owes
 * @param terminating the carriers of its legs, in their order
 */
public record NewCall(CallId id, CarrierId carrier, E164Number called, RateTerms terms, List<String> terminating) {
    public NewCall {
        terminating = List.copyOf(terminating);
    }

    /** @throws IllegalArgumentException when the grant names what is no call, carrier or number */
    static NewCall of(Grant grant) {
        return new NewCall(
                CallId.parse(grant.getCallId()),
                new CarrierId(grant.getOriginatingCarrier()),
                new E164Number(grant.getCalled()),
                grant.getOriginationTerms(),
                grant.getRoutes().stream()
                        .map(GrantedRoute::getTerminatingCarrier)
                        .toList());
    }
}
