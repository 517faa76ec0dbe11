package org.callclear.clearinghouse.routing;

import org.callclear.clearinghouse.reference.KnownGateway;
import org.callclear.schemas.avro.RateTerms;

/** A gateway that would complete the call, and what its carrier is paid for it. */
public record Offer(KnownGateway gateway, RateTerms terms) {}
