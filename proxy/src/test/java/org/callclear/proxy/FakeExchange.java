package org.callclear.proxy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.callclear.proxy.call.AttemptReport;
import org.callclear.proxy.call.CallEvent;
import org.callclear.proxy.call.Exchange;
import org.callclear.proxy.call.GatewayLeg;
import org.callclear.proxy.call.Invitation;
import org.callclear.proxy.call.Route;
import org.callclear.proxy.kafka.Hearing;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Sdp;

/** A clearinghouse and gateways in memory. What they do is set by fields; all that was said to them is kept. */
final class FakeExchange implements Exchange {
    static final Sdp ANSWER = new Sdp("v=0 answer");

    /** How a gateway behaves, by its number from 1. */
    @FunctionalInterface
    interface Gateway {
        /** What it says to a set-up, in order. */
        List<CallEvent> setUp(TransactionId attempt);
    }

    final List<String> said = new CopyOnWriteArrayList<>();
    final List<AttemptReport> reports = new CopyOnWriteArrayList<>();
    final List<Invitation> asked = new CopyOnWriteArrayList<>();
    volatile Hearing hearing = (call, event) -> {};
    volatile boolean clearinghouseAnswers = true;
    volatile boolean kafkaTakesReports = true;
    volatile boolean kafkaTakesSetups = true;
    private final List<Gateway> gateways;

    FakeExchange(Gateway... gateways) {
        this.gateways = List.of(gateways);
    }

    static Gateway answering() {
        return attempt ->
                List.of(new CallEvent.Progressed(attempt, 180, Sdp.NONE), new CallEvent.Answered(attempt, ANSWER));
    }

    static Gateway ringing() {
        return attempt -> List.of(new CallEvent.Progressed(attempt, 180, Sdp.NONE));
    }

    static Gateway silent() {
        return attempt -> List.of();
    }

    static Gateway failing(int status) {
        return attempt -> List.of(
                new CallEvent.Failed(attempt, new org.callclear.proxy.call.Failure(status, Cause.ofStatus(status))));
    }

    @Override
    public void ask(Invitation call, Instant until) {
        asked.add(call);
        said.add("ask");
        if (clearinghouseAnswers) {
            hearing.heard(call.id(), grant(call.id()));
        }
    }

    CallEvent grant(CallId call) {
        List<Route> routes = new ArrayList<>();
        for (int leg = 1; leg <= gateways.size(); leg++) {
            GatewayLeg to = new GatewayLeg(leg, new GatewayId("gw-" + leg), new CarrierId("zenith"), tx(call, leg));
            routes.add(new Route(to, "token-" + leg, Duration.ofHours(1)));
        }
        return new CallEvent.Granted(routes);
    }

    /** Each call and leg has its own. */
    static TransactionId tx(CallId call, int leg) {
        String hex = call.toString().replace("-", "").substring(2) + String.format("%02x", leg);
        return new TransactionId(hex.toLowerCase(Locale.ROOT));
    }

    @Override
    public CompletionStage<Void> setUp(Invitation call, Route route, Instant at, Instant deadline) {
        said.add("set-up " + route.leg().gateway() + " " + route.token());
        if (!kafkaTakesSetups) {
            return CompletableFuture.failedFuture(new IllegalStateException("no broker"));
        }
        gateways.get(route.leg().leg() - 1)
                .setUp(route.leg().transactionId())
                .forEach(event -> hearing.heard(call.id(), event));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void cancel(CallId call, GatewayLeg leg, Cause cause, Instant at) {
        said.add("cancel " + leg.gateway());
    }

    @Override
    public void release(CallId call, GatewayLeg leg, Cause cause, ReleaseSource source, Instant at) {
        said.add("release " + leg.gateway() + " by " + source);
    }

    @Override
    public CompletionStage<Void> report(AttemptReport report) {
        if (!kafkaTakesReports) {
            return CompletableFuture.failedFuture(new IllegalStateException("no broker"));
        }
        reports.add(report);
        return CompletableFuture.completedFuture(null);
    }
}
