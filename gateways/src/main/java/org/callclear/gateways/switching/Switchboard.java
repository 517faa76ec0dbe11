package org.callclear.gateways.switching;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.gateways.call.CallEvent;
import org.callclear.gateways.call.CallEvents;
import org.callclear.gateways.call.CallFacts;
import org.callclear.gateways.call.CallMachine;
import org.callclear.gateways.call.Outcome;
import org.callclear.gateways.gate.Channels;
import org.callclear.gateways.gate.Judgement;
import org.callclear.gateways.journal.OpenCall;
import org.callclear.gateways.journal.OpenCallJournal;
import org.callclear.gateways.reports.Reports;
import org.callclear.gateways.trunk.Trunk;
import org.callclear.schemas.call.TransactionId;
import org.callclear.sip.call.Cause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All calls that are up, by transaction id: the secret that also tells whose word about a call is believed. */
public final class Switchboard {
    private static final Logger LOG = LoggerFactory.getLogger(Switchboard.class);

    private final Trunk trunk;
    private final Reports reports;
    private final OpenCallJournal journal;
    private final Channels channels;
    private final Executor workers;
    private final Timers timers;
    private final Clock clock;
    private final CdrDelivery delivery;
    private final Map<String, LiveCall> calls = new ConcurrentHashMap<>();
    private final Map<TransactionId, CompletableFuture<Void>> undelivered = new ConcurrentHashMap<>();
    private final AtomicLong disbelieved = new AtomicLong();
    private final AtomicLong letIn = new AtomicLong();

    /**
     * @param channels of which every call that is let in holds one, given back here when it is over
     * @param workers run the calls' mailboxes; must not be interrupted while calls are up
     */
    public Switchboard(
            Trunk trunk,
            Reports reports,
            OpenCallJournal journal,
            Channels channels,
            Executor workers,
            Timers timers,
            Clock clock) {
        this.trunk = trunk;
        this.reports = reports;
        this.journal = journal;
        this.channels = channels;
        this.workers = workers;
        this.timers = timers;
        this.clock = clock;
        this.delivery = new CdrDelivery(reports, journal, timers);
    }

    /** Reports the calls that were open when this process's forerunner ended. To be called first. */
    public void reportOpenCallsOfForerunner() {
        Instant lastMark = journal.lastMark();
        for (OpenCall call : journal.openCalls()) {
            Outcome outcome = call.outcomeAt(lastMark);
            LOG.warn(
                    "call {}: was open when the gateway ended; reported as over at {}",
                    call.facts().call(),
                    outcome.endedAt());
            tell(call.facts(), CallEvents.last(call.facts(), outcome));
            report(call.facts(), outcome);
        }
    }

    /**
     * Connects a call that was let in. When this returns the call is in the journal, so the record that asked for it
     * need not be read again; the rest happens on other threads. When it throws, the call is not up and holds no channel.
     */
    public void connect(Judgement.LetIn letIn) {
        this.letIn.incrementAndGet();
        CallFacts facts = letIn.facts();
        LiveCall call = new LiveCall(this, new Mailbox(workers), facts, ended -> gone(facts));
        calls.put(facts.transaction().hex(), call);
        try {
            begin(call, letIn);
        } catch (RuntimeException e) {
            gone(facts);
            throw e;
        }
    }

    private void begin(LiveCall call, Judgement.LetIn letIn) {
        CallFacts facts = letIn.facts();
        try {
            journal.opened(facts);
        } catch (UncheckedIOException e) {
            LOG.error("call {}: not dialled, because it cannot be kept safe", facts.call(), e);
            call.take(new CallEvent.TrunkFailed(CallMachine.GATEWAY_FAILED, Cause.TEMPORARY_FAILURE, now()));
        }
        call.begin(letIn);
    }

    /** A proxy speaks of a call: a cancel or a release. Nothing happens when the secret is that of no call. */
    public void take(String transactionId, CallEvent event) {
        if (!takeIfUp(transactionId, event)) {
            disbelieved.incrementAndGet(); // or late: the call was over when it came; or another instance's
        }
    }

    /** The same where it is no matter when the secret is that of no call here; gives whether it was. */
    public boolean takeIfUp(String transactionId, CallEvent event) {
        LiveCall call = calls.get(transactionId);
        if (call == null) {
            return false;
        }
        call.take(event);
        return true;
    }

    /** Ends all calls. Done when each is over and its CDR acknowledged. */
    public CompletableFuture<Void> endAll() {
        CompletableFuture<?>[] gone = calls.values().stream()
                .map(call -> {
                    CompletableFuture<Void> over = new CompletableFuture<>();
                    call.take(new CallEvent.ShutDown(now()));
                    call.afterwards(() -> over.complete(null));
                    return over;
                })
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(gone)
                .thenCompose(
                        over -> CompletableFuture.allOf(undelivered.values().toArray(CompletableFuture<?>[]::new)));
    }

    /** How many calls are up. */
    public int openCalls() {
        return calls.size();
    }

    /** How many calls were let in since the start. */
    public long letIn() {
        return letIn.get();
    }

    /** How many calls are over whose report is not acknowledged. */
    public int undelivered() {
        return undelivered.size();
    }

    /** How many cancels and releases named no call that is up, or not its secret, since the start. */
    public long disbelieved() {
        return disbelieved.get();
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    Trunk trunk() {
        return trunk;
    }

    OpenCallJournal journal() {
        return journal;
    }

    void tell(CallFacts facts, SpecificRecord event) {
        var unused =
                reports.event(facts.originating(), facts.proxy(), facts.call().toString(), event);
    }

    void report(CallFacts facts, Outcome outcome) {
        CompletableFuture<Void> delivered = delivery.deliver(facts, outcome);
        undelivered.put(facts.transaction(), delivered);
        var unused = delivered.whenComplete((done, failure) -> undelivered.remove(facts.transaction()));
    }

    Timers.Timer wake(LiveCall call, Instant at) {
        return timers.after(
                Duration.between(clock.instant(), at), () -> call.take(new CallEvent.MaxDurationReached(now())));
    }

    void disbelieve(CallFacts facts) {
        disbelieved.incrementAndGet();
        LOG.warn("call {}: a record named it without being of it", facts.call());
    }

    private void gone(CallFacts facts) {
        if (calls.remove(facts.transaction().hex()) != null) {
            channels.giveBack();
        }
    }
}
