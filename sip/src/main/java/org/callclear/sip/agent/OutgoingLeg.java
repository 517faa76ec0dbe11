package org.callclear.sip.agent;

import java.util.function.Consumer;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Credentials;
import org.callclear.sip.call.Dial;
import org.callclear.sip.call.OutgoingCall;
import org.callclear.sip.call.Sdp;
import org.callclear.sip.dialog.DialogId;
import org.callclear.sip.digest.DigestAnswer;
import org.callclear.sip.loop.Loop;
import org.callclear.sip.message.Headers;
import org.callclear.sip.message.SipRequest;
import org.callclear.sip.message.SipResponse;
import org.callclear.sip.transaction.LiveTransaction;
import org.callclear.sip.transaction.Notice;
import org.callclear.sip.transport.Hop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call placed here. Its state changes on the loop only. */
final class OutgoingLeg implements OutgoingCall, Leg {
    /** How far the call has come; GIVEN_UP is told as failed, but a 2xx may still cross our CANCEL. */
    private enum State {
        CALLING,
        UP,
        ENDING,
        GIVEN_UP,
        OVER
    }

    private static final Logger LOG = LoggerFactory.getLogger(OutgoingLeg.class);

    private final Line line;
    private final Dial dial;
    private final Listener listener;
    private final Hop hop;
    private final String callId;
    private final String tag;
    private final Answers answers;
    private State state = State.CALLING;
    private InviteSent sent;
    private @Nullable DialogCalls up;
    private Loop.@Nullable Pending patience;

    /** The INVITE on its way. */
    private static final class InviteSent {
        final SipRequest invite;
        final boolean answersChallenge;

        @Nullable
        LiveTransaction transaction;

        boolean rings;

        @Nullable
        Cause cancel;

        boolean cancelled;

        InviteSent(SipRequest invite, boolean answersChallenge) {
            this.invite = invite;
            this.answersChallenge = answersChallenge;
        }

        /** It was challenged: another took its place, and what is left of it need not keep the call. */
        void leaveCall() {
            if (transaction != null) {
                transaction.tellFromNowOn(nobody -> {});
            }
        }

        /** Why whoever answers now is not wanted. */
        Cause endsWith() {
            return cancel == null ? Cause.NORMAL : cancel;
        }
    }

    OutgoingLeg(Line line, Dial dial, Listener listener) {
        this.line = line;
        this.dial = dial;
        this.listener = listener;
        this.hop = new Hop(dial.transport(), dial.peer());
        this.callId = line.fresh() + line.fresh();
        this.tag = line.fresh();
        this.answers = new Answers(line, hop, tag);
        this.sent = new InviteSent(OutgoingInvite.of(line, dial, hop, callId, tag, 1, Headers.NONE), false);
    }

    void start() {
        line.enter(this);
        patience = line.loop.after(dial.answerWithin(), () -> giveUp(408, Cause.NO_ANSWER));
        send(sent);
    }

    private void send(InviteSent next) {
        sent = next;
        next.transaction = line.transactions.send(
                next.invite, hop.isReliable(), line.outlet(hop), notice -> noticed(next, notice));
    }

    private void noticed(InviteSent about, Notice notice) {
        switch (notice) {
            case Notice.Answered answered -> answered(about, answered.response());
            case Notice.TimedOut silent -> failed(408, Cause.NO_RESPONSE);
            case Notice.TransportLost lost -> failed(503, Cause.TEMPORARY_FAILURE);
            case Notice.Acknowledged impossible -> LOG.error("call {}: a client heard an ACK", callId);
        }
    }

    private void answered(InviteSent about, SipResponse response) {
        // Only who got our INVITE knows its branch; it is the address dialled that is known now, not where this came
        // from.
        line.strangers.vouch(hop.remote().getAddress());
        if (response.isSuccess()) {
            accepted(about, response);
        } else if (response.isFinal()) {
            refused(about, response);
        } else {
            about.rings = true;
            cancelIfWanted(about);
            if (response.status() >= 180 && state == State.CALLING) {
                tell(heard -> heard.progress(response.status(), sdp(response)));
            }
        }
    }

    private void accepted(InviteSent about, SipResponse response) {
        DialogCalls calls = answers.accept(about.invite, response);
        if (calls == null) {
            return;
        }
        if (state != State.CALLING) {
            // It crossed our CANCEL, or a fork answered second: nobody wants it.
            calls.bye(about.endsWith(), this::leaveIfGivenUp);
            return;
        }
        stopWaiting();
        state = State.UP;
        up = calls;
        tell(heard -> heard.answered(sdp(response)));
    }

    private void refused(InviteSent about, SipResponse response) {
        boolean challenged = response.status() == 401 || response.status() == 407;
        Credentials credentials = dial.credentials();
        if (challenged && state == State.CALLING && credentials != null && !about.answersChallenge) {
            InviteSent again = again(about, response, credentials);
            if (again != null) {
                about.leaveCall();
                send(again);
                return;
            }
        }
        failed(response.status(), Reasons.read(response.headers(), Cause.ofStatus(response.status())));
    }

    private @Nullable InviteSent again(InviteSent about, SipResponse response, Credentials credentials) {
        boolean proxy = response.status() == 407;
        String answer = DigestAnswer.to(
                response.headers().all(proxy ? "Proxy-Authenticate" : "WWW-Authenticate"),
                credentials,
                "INVITE",
                about.invite.uri(),
                line.fresh());
        if (answer == null) {
            return null;
        }
        Headers more = Headers.NONE.with(proxy ? "Proxy-Authorization" : "Authorization", answer);
        long number = about.invite.core().cseq().number() + 1;
        return new InviteSent(OutgoingInvite.of(line, dial, hop, callId, tag, number, more), true);
    }

    private void failed(int status, Cause cause) {
        boolean told = state != State.CALLING;
        if (state == State.CALLING || state == State.GIVEN_UP) {
            over();
        }
        if (!told) {
            tell(heard -> heard.failed(status, cause));
        }
    }

    @Override
    public void hangUp(Cause cause) {
        line.loop.execute(() -> {
            if (state == State.CALLING) {
                giveUp(487, cause);
            } else if (state == State.UP && up != null) {
                state = State.ENDING;
                up.bye(cause, this::over);
            }
        });
    }

    private void giveUp(int status, Cause cause) {
        if (state != State.CALLING) {
            return;
        }
        stopWaiting();
        state = State.GIVEN_UP;
        sent.cancel = cause;
        cancelIfWanted(sent);
        tell(heard -> heard.failed(status, cause));
    }

    /** 9.1: CANCEL waits for a provisional response; and the INVITE for its end no longer than 64*T1 after. */
    private void cancelIfWanted(InviteSent about) {
        Cause cause = about.cancel;
        LiveTransaction transaction = about.transaction;
        if (cause == null || !about.rings || about.cancelled || transaction == null) {
            return;
        }
        about.cancelled = true;
        SipRequest cancel = OutgoingInvite.cancel(about.invite, cause);
        line.transactions.send(cancel, hop.isReliable(), line.outlet(hop), notice -> {});
        line.loop.after(line.timers.patience(), () -> {
            if (state == State.GIVEN_UP) {
                transaction.abandon();
                over();
            }
        });
    }

    private void leaveIfGivenUp() {
        if (state == State.GIVEN_UP) {
            over();
        }
    }

    @Override
    public void acknowledged(SipRequest ack) {
        LOG.trace("call {}: ACK for a call placed here", callId);
    }

    @Override
    public void requested(SipRequest request, LiveTransaction asked) {
        DialogCalls calls = answers.of(request.core().from().tag());
        if (calls == null) {
            asked.respond(line.response(request, 481, tag, Headers.NONE, ""));
            return;
        }
        if (calls.answer(request, asked) && calls == up && state == State.UP) {
            over();
            Cause cause = Reasons.read(request.headers(), Cause.NORMAL);
            tell(heard -> heard.ended(cause));
        }
    }

    private static Sdp sdp(SipResponse response) {
        boolean described = RequestRules.isSdp(response.headers().first("Content-Type"));
        return described && !response.body().isEmpty() ? new Sdp(response.body()) : Sdp.NONE;
    }

    private void over() {
        stopWaiting();
        state = State.OVER;
        line.leave(this);
        LiveTransaction transaction = sent.transaction;
        if (transaction != null) {
            transaction.tellFromNowOn(answers.afterwards(sent.invite.bare(), sent.endsWith()));
        }
    }

    private void stopWaiting() {
        Loop.Pending waiting = patience;
        if (waiting != null) {
            waiting.cancel();
        }
    }

    private void tell(Consumer<Listener> word) {
        try {
            word.accept(listener);
        } catch (RuntimeException e) {
            LOG.error("call {}: its listener failed", callId, e);
        }
    }

    @Override
    public DialogId id() {
        return new DialogId(callId, tag);
    }

    /** Any: a fork may have many, told apart when a request comes. */
    @Override
    public String remoteTag() {
        return "";
    }

    @Override
    public String sipCallId() {
        return callId;
    }
}
