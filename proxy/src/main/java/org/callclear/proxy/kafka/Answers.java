package org.callclear.proxy.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.proxy.call.CallEvent;
import org.callclear.proxy.call.Failure;
import org.callclear.proxy.call.GatewayLeg;
import org.callclear.proxy.call.Route;
import org.callclear.schemas.avro.AuthorizationDenied;
import org.callclear.schemas.avro.AuthorizationGranted;
import org.callclear.schemas.avro.AuthorizedRoute;
import org.callclear.schemas.avro.CallReleased;
import org.callclear.schemas.avro.SetupAnswered;
import org.callclear.schemas.avro.SetupFailed;
import org.callclear.schemas.avro.SetupProgress;
import org.callclear.schemas.avro.SetupRejected;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Sdp;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records as events of calls. A record's values come from another party and are checked here: what is meant for another
 * instance is passed over, what is no event is passed over with a warning.
 */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final int DEFAULT_FAILURE = 500;
    /** Nobody is sent away for longer on another party's word. */
    private static final int LONGEST_RETRY_SECONDS = 3600;

    private final String instance;
    private final SetupIds setupIds;

    Answers(String instance, SetupIds setupIds) {
        this.instance = instance;
        this.setupIds = setupIds;
    }

    /** What was said of which call. */
    record Said(CallId call, CallEvent event) {}

    /** The event in an authorization response. */
    Optional<Said> response(SpecificRecord value) {
        return switch (value) {
            case AuthorizationGranted granted -> forUs(granted.getProxy(), granted.getCallId(), () -> granted(granted));
            case AuthorizationDenied denied -> forUs(denied.getProxy(), denied.getCallId(), () -> denied(denied));
            default -> unexpected(value);
        };
    }

    /** The event in a set-up event. */
    Optional<Said> setupEvent(SpecificRecord value) {
        return switch (value) {
            case SetupProgress said -> forUs(said.getProxy(), said.getCallId(), () -> progressed(said));
            case SetupAnswered said ->
                forUs(
                        said.getProxy(),
                        said.getCallId(),
                        () -> new CallEvent.Answered(
                                new TransactionId(said.getTransactionId()), Sdp.of(said.getSdp())));
            case SetupRejected said -> refusal(said);
            case SetupFailed said ->
                forUs(
                        said.getProxy(),
                        said.getCallId(),
                        () -> new CallEvent.Failed(
                                new TransactionId(said.getTransactionId()),
                                failure(said.getSipStatus(), said.getQ850Cause())));
            case CallReleased said ->
                forUs(
                        said.getProxy(),
                        said.getCallId(),
                        () -> new CallEvent.Released(
                                new TransactionId(said.getTransactionId()),
                                cause(said.getQ850Cause(), Cause.NORMAL),
                                said.getSource()));
            default -> unexpected(value);
        };
    }

    /** A refusal of somebody else's set-up with this call's token says nothing about the call. */
    private Optional<Said> refusal(SetupRejected said) {
        if (said.getProxy().equals(instance) && !setupIds.isOwn(said.getTransactionId(), said.getSetupId())) {
            LOG.warn(
                    "call {}: gateway {} refused a set-up that this proxy did not send: {}",
                    ForeignText.id(said.getCallId()),
                    ForeignText.id(said.getGateway()),
                    said.getRefusal());
            return Optional.empty();
        }
        return forUs(
                said.getProxy(),
                said.getCallId(),
                () -> new CallEvent.Rejected(new TransactionId(said.getTransactionId()), said.getRefusal()));
    }

    private Optional<Said> forUs(String proxy, String call, EventOf event) {
        if (!proxy.equals(instance)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Said(CallId.parse(call), event.get()));
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "call {}: passed over what was said of it: {}",
                    ForeignText.id(call),
                    ForeignText.reason(e.getMessage()));
            return Optional.empty();
        }
    }

    private static CallEvent denied(AuthorizationDenied denied) {
        int seconds = denied.getRetryAfterSeconds();
        @Nullable
        Duration retryAfter = seconds > 0 && seconds <= LONGEST_RETRY_SECONDS ? Duration.ofSeconds(seconds) : null;
        return new CallEvent.Denied(failure(denied.getSipStatus(), denied.getQ850Cause()), retryAfter);
    }

    /** A route that cannot be used is left out; an answer without any is a failure of the clearinghouse. */
    private static CallEvent granted(AuthorizationGranted granted) {
        List<Route> routes = new ArrayList<>();
        for (AuthorizedRoute route : granted.getRoutes()) {
            try {
                routes.add(route(route));
            } catch (IllegalArgumentException e) {
                LOG.warn(
                        "call {}: route {} left out: {}",
                        ForeignText.id(granted.getCallId()),
                        route.getLeg(),
                        ForeignText.reason(e.getMessage()));
            }
        }
        return new CallEvent.Granted(routes);
    }

    private static Route route(AuthorizedRoute route) {
        GatewayLeg leg = new GatewayLeg(
                route.getLeg(),
                new GatewayId(route.getGateway()),
                new CarrierId(route.getTerminatingCarrier()),
                new TransactionId(route.getTransactionId()));
        return new Route(leg, route.getToken(), Duration.ofSeconds(route.getMaxDurationSeconds()));
    }

    private static CallEvent progressed(SetupProgress said) {
        if (said.getSipStatus() < 180 || said.getSipStatus() > 199) {
            throw new IllegalArgumentException("sipStatus " + said.getSipStatus() + ": must be 180 to 199");
        }
        Sdp sdp = said.getSdp() == null ? Sdp.NONE : Sdp.of(said.getSdp());
        return new CallEvent.Progressed(new TransactionId(said.getTransactionId()), said.getSipStatus(), sdp);
    }

    private static Failure failure(int status, int q850) {
        int heard = status < 300 || status > 699 ? DEFAULT_FAILURE : status;
        return new Failure(heard, cause(q850, Cause.ofStatus(heard)));
    }

    private static Cause cause(int q850, Cause otherwise) {
        return q850 < 1 || q850 > 127 ? otherwise : new Cause(q850);
    }

    private static Optional<Said> unexpected(SpecificRecord value) {
        LOG.warn(
                "passed over a {}, which does not belong here",
                value.getSchema().getName());
        return Optional.empty();
    }

    /** Reads an event; throws IllegalArgumentException when it is none. */
    @FunctionalInterface
    private interface EventOf {
        CallEvent get();
    }
}
