package org.callclear.clearinghouse.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.callclear.clearinghouse.admission.AskedCall;
import org.callclear.clearinghouse.reference.KnownGateway;
import org.callclear.clearinghouse.reference.Quote;
import org.callclear.clearinghouse.reference.ReferenceSnapshot;

/**
 * Finds the gateways for a call. Any matching prefix makes a gateway a candidate: that one names a longer prefix of the
 * number than another does not make it better, its price and priority do. A gateway whose carrier has no terminating
 * contract, no rate for the number or a blocked one is not offered.
 */
public final class Router {
    private final Duration aliveWithin;
    private final Duration overWithin;

    /**
     * @param aliveWithin a gateway without a heartbeat for longer is not offered
     * @param overWithin a call that is granted now is over by then
     */
    public Router(Duration aliveWithin, Duration overWithin) {
        this.aliveWithin = aliveWithin;
        this.overWithin = overWithin;
    }

    /**
     * The offers for a call.
     *
     * @param currency what the originating carrier pays in; offers in it come first
     */
    public Offers find(AskedCall call, String currency, ReferenceSnapshot reference, Instant now) {
        Collection<KnownGateway> serving = reference.serving(call.called());
        if (serving.isEmpty()) {
            return new Offers.NoRoute("no gateway serves the called number");
        }
        List<Offer> priced = serving.stream()
                .flatMap(gateway -> offer(gateway, call, reference, now).stream())
                .toList();
        if (priced.isEmpty()) {
            return new Offers.NoRoute("none of " + serving.size() + " gateways has a price for the called number");
        }
        List<Offer> alive = priced.stream()
                .filter(offer -> reference.takesCalls(offer.gateway().id(), now, aliveWithin))
                .toList();
        if (alive.isEmpty()) {
            return new Offers.NoneAlive("none of " + priced.size() + " gateways takes calls");
        }
        List<Offer> sorted = PriceOrder.sorted(alive, call.callId(), currency, now);
        return new Offers.Found(sorted.subList(0, Math.min(call.maxRoutes(), sorted.size())));
    }

    private Optional<Offer> offer(KnownGateway gateway, AskedCall call, ReferenceSnapshot reference, Instant now) {
        return reference
                .terminating(gateway.carrier())
                .map(tariff -> tariff.quote(call.called(), now, now.plus(overWithin)))
                .flatMap(quote -> quote instanceof Quote.Priced priced
                        ? Optional.of(new Offer(gateway, priced.terms()))
                        : Optional.empty());
    }
}
