package org.callclear.proxy.call;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.callclear.schemas.call.TransactionId;
import org.jspecify.annotations.Nullable;

/**
 * A way through the authorized gateways, in order.
 *
 * @param call what the caller asked for
 * @param route where the call is tried now
 * @param attempt the current attempt, as it will be reported
 * @param remaining the routes not yet tried, in order
 * @param best the failure so far that the caller would hear; null when none has failed
 * @param former the gateways that were tried before
 */
public record Hunt(
        Invitation call,
        Route route,
        Attempt attempt,
        List<Route> remaining,
        @Nullable Failure best,
        List<GatewayLeg> former) {
    /** Copies the lists. */
    public Hunt {
        remaining = List.copyOf(remaining);
        former = List.copyOf(former);
    }

    /** The first attempt of a call. */
    static Hunt begin(Invitation call, List<Route> routes, Instant now) {
        return at(call, routes, now, null, List.of());
    }

    /** The next attempt; there must be a route left. */
    Hunt next(Failure failure, Instant now) {
        return at(call, remaining, now, withFailure(failure), everyLeg());
    }

    /** The failure that the caller would hear if this one were the last. */
    Failure withFailure(Failure failure) {
        return best == null ? failure : Failures.choose(best, failure);
    }

    /** The same, answered. */
    Hunt answered(Instant now) {
        return new Hunt(call, route, attempt.answered(now), remaining, best, former);
    }

    /** Whether the event speaks of the current attempt. */
    boolean isCurrent(TransactionId transactionId) {
        return route.leg().transactionId().equals(transactionId);
    }

    /** Every gateway tried, the current one last. */
    List<GatewayLeg> everyLeg() {
        return Stream.concat(former.stream(), Stream.of(route.leg())).toList();
    }

    /** The current attempt's number in the authorization. */
    int leg() {
        return route.leg().leg();
    }

    private static Hunt at(
            Invitation call, List<Route> routes, Instant now, @Nullable Failure best, List<GatewayLeg> former) {
        Route first = routes.getFirst();
        Attempt attempt = new Attempt(call.id(), first.leg(), call.calling(), call.called(), now, null);
        return new Hunt(call, first, attempt, routes.subList(1, routes.size()), best, former);
    }
}
