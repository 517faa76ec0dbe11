package org.callclear.gateways.requests;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.gateways.call.CallEvent;
import org.callclear.gateways.gate.Gate;
import org.callclear.gateways.gate.Judgement;
import org.callclear.gateways.reports.ForeignText;
import org.callclear.gateways.reports.Reports;
import org.callclear.gateways.status.Refusals;
import org.callclear.gateways.switching.Switchboard;
import org.callclear.schemas.avro.CallReleased;
import org.callclear.schemas.avro.SetupCancelled;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.avro.SetupRejected;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.PartyName;
import org.callclear.sip.call.Cause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off records as they come; many set-ups may be in judgement at once, and what is said about one waits for it.
 * Never blocks on the trunk or on Kafka.
 */
public final class RequestDesk {
    private static final Logger LOG = LoggerFactory.getLogger(RequestDesk.class);
    private static final CompletableFuture<Void> SAFE = CompletableFuture.completedFuture(null);
    private static final int LONGEST_ECHO = 64;
    private static final int HIGHEST_CAUSE = 127;

    private final GatewayId gateway;
    private final Gate gate;
    private final Switchboard board;
    private final Reports reports;
    private final Refusals refusals;
    private final Executor workers;
    private final Clock clock;
    private final SetupsInJudgement inJudgement = new SetupsInJudgement();

    /** @param workers go on with a set-up whose judgement took a while */
    public RequestDesk(
            GatewayId gateway,
            Gate gate,
            Switchboard board,
            Reports reports,
            Refusals refusals,
            Executor workers,
            Clock clock) {
        this.gateway = gateway;
        this.gate = gate;
        this.board = board;
        this.reports = reports;
        this.refusals = refusals;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * Works off a record.
     *
     * @param key the record's key; empty when it has none
     * @param place topic, partition and offset, for the log
     * @return done when the record need not be read again; exceptionally by a fault of this program, and then it must
     */
    CompletableFuture<Void> take(String key, SpecificRecord request, String place) {
        return switch (request) {
            case SetupRequested setup -> setUp(key, setup, place);
            case SetupCancelled cancel -> tell(cancel.getTransactionId(), event(cancel));
            case CallReleased release -> tell(release.getTransactionId(), event(release));
            default -> unreadable(place, "a " + request.getSchema().getName() + " is no request to a gateway");
        };
    }

    /**
     * Hears a record that is another instance's to work off: a word about a call that is up or in judgement here ends it,
     * anything else has no effect.
     */
    void overhear(SpecificRecord request) {
        switch (request) {
            case SetupCancelled cancel -> tellIfHere(cancel.getTransactionId(), event(cancel));
            case CallReleased release -> tellIfHere(release.getTransactionId(), event(release));
            default -> {}
        }
    }

    private void tellIfHere(String transaction, CallEvent event) {
        inJudgement.say(transaction, () -> {
            if (board.takeIfUp(transaction, event)) {
                LOG.debug("gateway {}: a word about a call here came to a partition given up", gateway);
            }
        });
    }

    private CallEvent event(SetupCancelled cancel) {
        return new CallEvent.Cancelled(
                cancel.getCallId(), cancel.getTransactionId(), cause(cancel.getQ850Cause()), now());
    }

    private CallEvent event(CallReleased release) {
        return new CallEvent.Released(
                release.getCallId(),
                release.getTransactionId(),
                cause(release.getQ850Cause()),
                release.getSource(),
                now());
    }

    /** Counts and logs a record that cannot be read. It names nobody who could be answered. */
    CompletableFuture<Void> unreadable(String place, String why) {
        refusals.count(SetupRefusal.MALFORMED_SETUP);
        LOG.warn("gateway {}: skipped {}: {}", gateway, place, ForeignText.reason(why));
        return SAFE;
    }

    private CompletableFuture<Void> tell(String transaction, CallEvent event) {
        inJudgement.say(transaction, () -> board.take(transaction, event));
        return SAFE;
    }

    private CompletableFuture<Void> setUp(String key, SetupRequested request, String place) {
        CompletableFuture<Judgement> judgement = gate.judge(key, request, clock);
        if (judgement.isDone()) {
            return follow(judgement.join(), request, place);
        }
        String transaction = request.getTransactionId();
        inJudgement.begin(transaction);
        AtomicBoolean over = new AtomicBoolean();
        Runnable end = () -> {
            if (over.compareAndSet(false, true)) {
                inJudgement.end(transaction);
            }
        };
        return judgement
                .thenComposeAsync(judged -> followThen(end, judged, request, place), workers)
                .whenComplete((done, fault) -> end.run()); // where nothing came to be followed
    }

    private CompletableFuture<Void> followThen(
            Runnable end, Judgement judgement, SetupRequested request, String place) {
        try {
            return follow(judgement, request, place);
        } finally {
            end.run();
        }
    }

    private CompletableFuture<Void> follow(Judgement judgement, SetupRequested request, String place) {
        return switch (judgement) {
            case Judgement.LetIn letIn -> {
                LOG.debug("call {}: let in", letIn.facts().call());
                board.connect(letIn);
                yield SAFE;
            }
            case Judgement.Refused refused -> refuse(request, refused.refusal(), place);
        };
    }

    private CompletableFuture<Void> refuse(SetupRequested request, SetupRefusal refusal, String place) {
        refusals.count(refusal);
        LOG.info("gateway {}: set-up at {} refused: {}", gateway, place, refusal);
        if (!PartyName.isValid(request.getOriginatingCarrier()) || !PartyName.isValid(request.getProxy())) {
            LOG.warn("gateway {}: set-up at {} names no carrier and proxy that could be answered", gateway, place);
            return SAFE;
        }
        SetupRejected event = SetupRejected.newBuilder()
                .setCallId(echo(request.getCallId()))
                .setTransactionId(echo(request.getTransactionId()))
                .setProxy(request.getProxy())
                .setGateway(gateway.value())
                .setRefusal(refusal)
                .setAt(now())
                .setSetupId(echo(request.getSetupId()))
                .build();
        return reports.rejection(new CarrierId(request.getOriginatingCarrier()), event);
    }

    /** What goes back of a name that may be anything: not more than the longest good one and a bit. */
    private static String echo(String name) {
        return name.length() <= LONGEST_ECHO ? name : name.substring(0, LONGEST_ECHO);
    }

    private static Cause cause(int q850) {
        return q850 >= 1 && q850 <= HIGHEST_CAUSE ? new Cause(q850) : Cause.INTERWORKING;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
