package org.callclear.sip.agent;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Dial;
import org.callclear.sip.call.IncomingCall;
import org.callclear.sip.call.Sdp;
import org.callclear.sip.dialog.Dialog;
import org.callclear.sip.dialog.DialogId;
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

/** A call that came in. Its state changes on the loop only; what callers ask from other threads is queued there. */
final class IncomingLeg implements IncomingCall, Leg {
    /** How far the call has come. */
    private enum State {
        RINGING,
        ANSWERED,
        UP,
        ENDING,
        OVER
    }

    private static final Logger LOG = LoggerFactory.getLogger(IncomingLeg.class);
    private static final Duration REFRESH = Duration.ofMinutes(1);
    private static final Duration LONGEST_RINGING = Duration.ofMinutes(10);
    private static final Listener SILENT = new Listener() {
        @Override
        public void cancelled() {}

        @Override
        public void confirmed() {}

        @Override
        public void ended(Cause cause) {}
    };

    private final Line line;
    private final SipRequest invite;
    private final Hop source;
    private final @Nullable String user;
    private final String tag;
    private final LiveTransaction transaction;
    private final DialogCalls dialogCalls;
    private Listener listener = SILENT;
    private State state = State.RINGING;
    private @Nullable Cause wanted;
    private @Nullable SipResponse lastProgress;
    private Loop.Pending next;

    IncomingLeg(Line line, SipRequest invite, Hop source, @Nullable String user, LiveTransaction transaction) {
        this.line = line;
        this.invite = invite;
        this.source = source;
        this.user = user;
        this.transaction = transaction;
        this.tag = line.fresh();
        this.dialogCalls = new DialogCalls(line, Dialog.ofAnswering(invite, tag, source), invite, tag);
        line.enter(this);
        transaction.respond(line.response(invite, 100, "", Headers.NONE, ""));
        this.next = line.loop.after(REFRESH, () -> refresh(REFRESH));
    }

    /** RFC 3261, 13.3.1.1: a provisional response a minute, so that no proxy gives up; and not for ever. */
    private void refresh(Duration rung) {
        if (state != State.RINGING) {
            return;
        }
        if (rung.compareTo(LONGEST_RINGING) >= 0) {
            LOG.warn("call {}: neither answered nor refused in {}, ended with 408", sipCallId(), rung);
            finish(408, Cause.NO_ANSWER, Headers.NONE);
            tell(Listener::cancelled);
            return;
        }
        SipResponse last = lastProgress;
        if (last != null) {
            transaction.respond(last);
        }
        next = line.loop.after(REFRESH, () -> refresh(rung.plus(REFRESH)));
    }

    LiveTransaction transaction() {
        return transaction;
    }

    void noticed(Notice notice) {
        switch (notice) {
            case Notice.Acknowledged acknowledged -> acknowledged(acknowledged.ack());
            case Notice.TransportLost lost -> lost();
            case Notice.TimedOut silent -> LOG.debug("call {}: refusal never acknowledged", sipCallId());
            case Notice.Answered impossible -> LOG.error("call {}: a server heard a response", sipCallId());
        }
    }

    private void lost() {
        if (state == State.RINGING) {
            over();
            tell(Listener::cancelled);
        } else if (state == State.ANSWERED) {
            over();
            tell(heard -> heard.ended(Cause.TEMPORARY_FAILURE));
        }
    }

    /** The CANCEL of this INVITE came and was answered (9.2). */
    void cancelled() {
        if (state == State.RINGING) {
            finish(487, Cause.NORMAL, Headers.NONE);
            tell(Listener::cancelled);
        }
    }

    @Override
    public void progress(int status, Sdp sdp) {
        line.loop.execute(() -> {
            if (state == State.RINGING && status > 100 && status < 200) {
                lastProgress = response(status, sdp);
                transaction.respond(lastProgress);
            }
        });
    }

    @Override
    public void answer(Sdp sdp) {
        line.loop.execute(() -> {
            if (state == State.RINGING) {
                state = State.ANSWERED;
                next.cancel();
                SipResponse ok = response(200, sdp);
                transaction.respond(ok);
                resendLater(ok, line.timers.t1(), Duration.ZERO);
            }
        });
    }

    private SipResponse response(int status, Sdp sdp) {
        boolean secured = Dialog.isSecured(invite) && source.transport() == Dial.Transport.TLS;
        String contact = secured ? line.securedContact(source) : line.contact(source);
        Headers more = Headers.NONE.with("Contact", contact).with("Allow", RequestRules.ALLOW);
        return line.response(
                invite, status, tag, sdp.isEmpty() ? more : more.with("Content-Type", "application/sdp"), sdp.text());
    }

    /** 13.3.1.4: from T1 on, doubling up to T2, on any transport, until the ACK or 64*T1. */
    private void resendLater(SipResponse ok, Duration pause, Duration waited) {
        next = line.loop.after(pause, () -> {
            Duration total = waited.plus(pause);
            if (total.compareTo(line.timers.patience()) >= 0) {
                sayBye(Cause.TIMER_EXPIRY);
                tell(heard -> heard.ended(Cause.TIMER_EXPIRY));
                return;
            }
            transaction.respond(ok);
            resendLater(ok, line.timers.longer(pause), total);
        });
    }

    @Override
    public void refuse(int status, Cause cause, @Nullable Duration retryAfter) {
        line.loop.execute(() -> {
            if (state == State.RINGING && status >= 300 && status <= 699) {
                Headers more = retryAfter == null
                        ? Headers.NONE
                        : Headers.NONE.with("Retry-After", Long.toString(Math.max(0, retryAfter.toSeconds())));
                finish(status, cause, more);
            }
        });
    }

    private void finish(int status, Cause cause, Headers more) {
        over();
        transaction.respond(line.response(invite, status, tag, more.with(Reasons.of(cause)), ""));
    }

    @Override
    public void hangUp(Cause cause) {
        line.loop.execute(() -> {
            switch (state) {
                case RINGING -> finish(cause.sipStatus(), cause, Headers.NONE);
                // RFC 3261, 15: no BYE before the ACK has come or the wait for it has ended.
                case ANSWERED -> wanted = wanted == null ? cause : wanted;
                case UP -> sayBye(cause);
                case ENDING, OVER -> LOG.trace("call {}: hung up twice", sipCallId());
            }
        });
    }

    private void sayBye(Cause cause) {
        next.cancel();
        state = State.ENDING;
        dialogCalls.bye(wanted == null ? cause : wanted, this::over);
    }

    @Override
    public void acknowledged(SipRequest ack) {
        if (state != State.ANSWERED
                || ack.core().cseq().number() != invite.core().cseq().number()) {
            return;
        }
        next.cancel();
        state = State.UP;
        Cause cause = wanted;
        if (cause == null) {
            tell(Listener::confirmed);
        } else {
            sayBye(cause);
        }
    }

    @Override
    public void requested(SipRequest request, LiveTransaction asked) {
        if (!dialogCalls.answer(request, asked)) {
            return;
        }
        Cause cause = Reasons.read(request.headers(), Cause.NORMAL);
        switch (state) {
            case RINGING -> cancelled(); // RFC 3261, 15: a caller may hang up an early dialog with BYE
            case ANSWERED, UP -> {
                over();
                if (wanted == null) {
                    tell(heard -> heard.ended(cause));
                }
            }
            case ENDING, OVER -> LOG.trace("call {}: both hung up", sipCallId());
        }
    }

    private void over() {
        next.cancel();
        state = State.OVER;
        line.leave(this);
        transaction.tellFromNowOn(nobody -> {});
    }

    private void tell(Consumer<Listener> word) {
        try {
            word.accept(listener);
        } catch (RuntimeException e) {
            LOG.error("call {}: its listener failed", sipCallId(), e);
        }
    }

    @Override
    public DialogId id() {
        return new DialogId(invite.core().callId(), tag);
    }

    @Override
    public String remoteTag() {
        return invite.core().from().tag();
    }

    @Override
    public String sipCallId() {
        return invite.core().callId();
    }

    @Override
    public @Nullable String user() {
        return user;
    }

    @Override
    public String calling() {
        return invite.core().from().target().user();
    }

    @Override
    public String called() {
        return Line.user(invite.uri());
    }

    @Override
    public Sdp sdp() {
        return invite.body().isEmpty() ? Sdp.NONE : new Sdp(invite.body());
    }

    @Override
    public InetSocketAddress source() {
        return source.remote();
    }

    @Override
    public void listen(Listener heard) {
        listener = heard;
    }
}
