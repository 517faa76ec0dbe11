package org.callclear.gateways.switching;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Consumer;
import org.callclear.gateways.call.CallAction;
import org.callclear.gateways.call.CallEvent;
import org.callclear.gateways.call.CallFacts;
import org.callclear.gateways.call.CallMachine;
import org.callclear.gateways.call.CallState;
import org.callclear.gateways.call.Step;
import org.callclear.gateways.gate.Judgement;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.OutgoingCall;
import org.callclear.sip.call.Sdp;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call that is up: its state, its trunk leg and its timer. Everything that happens to it goes through its mailbox. */
final class LiveCall implements OutgoingCall.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(LiveCall.class);

    private final Switchboard board;
    private final Mailbox mailbox;
    private final Consumer<CallState.Ended> onEnd;
    private CallState state;
    private @Nullable OutgoingCall leg;
    private Timers.@Nullable Timer limit;

    LiveCall(Switchboard board, Mailbox mailbox, CallFacts facts, Consumer<CallState.Ended> onEnd) {
        this.board = board;
        this.mailbox = mailbox;
        this.onEnd = onEnd;
        this.state = new CallState.Dialing(facts);
    }

    void begin(Judgement.LetIn call) {
        mailbox.post(() -> {
            // The gateway may have gone down, or the journal failed, between the gate and here.
            if (!(state instanceof CallState.Ended)) {
                apply(CallMachine.begin(call.facts(), call.offer()));
            }
        });
    }

    void take(CallEvent event) {
        mailbox.post(() -> apply(CallMachine.step(state, event)));
    }

    /** Runs something when all that was posted so far has been worked off. */
    void afterwards(Runnable what) {
        mailbox.post(what);
    }

    private void apply(Step step) {
        boolean ends = step.next() instanceof CallState.Ended && !(state instanceof CallState.Ended);
        state = step.next();
        step.actions().forEach(this::perform);
        if (ends && state instanceof CallState.Ended ended) {
            if (limit != null) {
                limit.cancel();
            }
            LOG.info(
                    "call {}: over, status {} cause {} by {}",
                    facts().call(),
                    ended.outcome().sipStatus(),
                    ended.outcome().q850(),
                    ended.outcome().source());
            onEnd.accept(ended);
        }
    }

    private void perform(CallAction action) {
        switch (action) {
            case CallAction.Dial dial -> dial(dial.offer());
            case CallAction.HangUp hangUp -> hangUp(hangUp.cause());
            case CallAction.Tell tell -> board.tell(facts(), tell.event());
            case CallAction.NoteAnswer answer -> note(answer.answeredAt());
            case CallAction.ArmMaxDuration arm -> limit = board.wake(this, arm.at());
            case CallAction.WriteCdr cdr -> board.report(facts(), cdr.outcome());
            case CallAction.CountDisbelieved doubt -> board.disbelieve(facts());
        }
    }

    private void dial(Sdp offer) {
        try {
            leg = board.trunk().dial(facts().calling(), facts().called(), offer, this);
        } catch (RuntimeException e) {
            LOG.error("call {}: the trunk cannot dial", facts().call(), e);
            take(new CallEvent.TrunkFailed(CallMachine.GATEWAY_FAILED, Cause.TEMPORARY_FAILURE, board.now()));
        }
    }

    private void hangUp(Cause cause) {
        if (leg == null) {
            return;
        }
        try {
            leg.hangUp(cause);
        } catch (RuntimeException e) {
            LOG.error("call {}: the trunk leg cannot be hung up", facts().call(), e);
        }
    }

    private void note(Instant answeredAt) {
        try {
            board.journal().answered(facts().transaction(), answeredAt);
        } catch (UncheckedIOException e) {
            LOG.error("call {}: its answer is not in the journal", facts().call(), e);
        }
    }

    private CallFacts facts() {
        return state.facts();
    }

    @Override
    public void progress(int status, Sdp sdp) {
        take(new CallEvent.TrunkProgress(status, sdp, board.now()));
    }

    @Override
    public void answered(Sdp sdp) {
        take(new CallEvent.TrunkAnswered(sdp, board.now()));
    }

    @Override
    public void failed(int status, Cause cause) {
        take(new CallEvent.TrunkFailed(status, cause, board.now()));
    }

    @Override
    public void ended(Cause cause) {
        take(new CallEvent.TrunkEnded(cause, board.now()));
    }
}
