package org.callclear.sip.agent;

import java.util.List;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.IncomingCalls;
import org.callclear.sip.dialog.DialogId;
import org.callclear.sip.digest.DigestGate;
import org.callclear.sip.message.Decoded;
import org.callclear.sip.message.Headers;
import org.callclear.sip.message.SipCodec;
import org.callclear.sip.message.SipRequest;
import org.callclear.sip.message.SipResponse;
import org.callclear.sip.transaction.LiveTransaction;
import org.callclear.sip.transaction.Notice;
import org.callclear.sip.transport.Hop;
import org.callclear.sip.transport.Receiver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings each message to whom it is for: its transaction, its call, or the party that takes new calls. */
final class Reception implements Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    /** Beyond this many transactions a new request is answered 503 and forgotten. */
    private static final int MOST_TRANSACTIONS = 200_000;

    private final Line line;
    private final IncomingCalls incoming;
    private final @Nullable DigestGate gate;

    /** Hears of an INVITE's transaction; before there is a call, nobody needs to. */
    private static final class InviteUser {
        @Nullable
        IncomingLeg leg;

        void noticed(Notice notice) {
            IncomingLeg call = leg;
            if (call != null) {
                call.noticed(notice);
            }
        }
    }

    Reception(Line line, IncomingCalls incoming, @Nullable DigestGate gate) {
        this.line = line;
        this.incoming = incoming;
        this.gate = gate;
    }

    @Override
    public void received(Hop source, byte[] message) {
        if (!line.isOpen()) {
            return; // the sockets are still being opened: UDP asks again
        }
        switch (SipCodec.STRICT.decode(message)) {
            case Decoded.KeepAlive nothing -> LOG.trace("keep-alive from {}", source.remote());
            case Decoded.Unreadable unreadable -> drop(source, unreadable.why());
            case Decoded.Faulty faulty -> answer(source, faulty);
            case Decoded.Whole whole -> {
                line.tally.messagesIn.increment();
                switch (whole.message()) {
                    case SipRequest request -> request(request.arrivedFrom(source.remote()), source);
                    case SipResponse response -> response(response);
                }
            }
        }
    }

    @Override
    public void broken(Hop source, byte[] head, int status, String reason) {
        // A body that was promised and is not here is no further fault: the head is all that is looked at.
        switch (SipCodec.STRICT.decode(head)) {
            case Decoded.Faulty faulty ->
                answer(source, new Decoded.Faulty(faulty.method(), faulty.headers(), faulty.via(), status, reason));
            case Decoded.Whole whole -> {
                if (whole.message() instanceof SipRequest request && !request.is("ACK")) {
                    answer(
                            source,
                            new Decoded.Faulty(
                                    request.method(),
                                    request.headers(),
                                    request.core().via(),
                                    status,
                                    reason));
                } else {
                    drop(source, reason);
                }
            }
            case Decoded.Unreadable unreadable -> drop(source, unreadable.why());
            case Decoded.KeepAlive nothing -> drop(source, reason);
        }
    }

    private void drop(Hop source, String why) {
        line.tally.messagesIn.increment();
        line.tally.malformed.increment();
        line.tally.dropped.increment();
        LOG.debug("message from {} dropped: {}", source.remote(), why);
    }

    private void answer(Hop source, Decoded.Faulty faulty) {
        line.tally.messagesIn.increment();
        line.tally.malformed.increment();
        LOG.debug("{} from {}: {} {}", faulty.method(), source.remote(), faulty.status(), faulty.reason());
        Decoded.Faulty marked = new Decoded.Faulty(
                faulty.method(),
                faulty.headers()
                        .withFirst(
                                "Via", faulty.via().arrivedFrom(source.remote()).toString()),
                faulty.via(),
                faulty.status(),
                faulty.reason());
        line.send(line.wayBack(faulty.via(), source), SipCodec.answer(marked, line.fresh(), line.name), () -> {});
    }

    private void response(SipResponse response) {
        if (!line.transactions.absorb(response)) {
            line.tally.stray.increment();
        }
    }

    private void request(SipRequest request, Hop source) {
        if (request.is("ACK")) {
            acknowledge(request);
        } else if (line.transactions.absorb(request)) {
            line.tally.retransmissions.increment();
        } else if (line.transactions.open() >= MOST_TRANSACTIONS) {
            Headers later = Headers.NONE.with("Retry-After", "5");
            line.send(line.wayBack(request.core().via(), source), line.response(request, 503, line.fresh(), later, ""));
        } else {
            serve(request, source);
        }
    }

    private void acknowledge(SipRequest ack) {
        if (!line.transactions.absorb(ack)) {
            Leg leg = legOf(ack);
            if (leg != null) {
                leg.acknowledged(ack);
            }
        }
    }

    private void serve(SipRequest request, Hop source) {
        boolean merged = line.transactions.isMerged(request);
        InviteUser user = new InviteUser();
        LiveTransaction transaction =
                line.transactions.serve(request, source.isReliable(), line.wayBack(request, source), user::noticed);
        RequestRules.Refusal refusal = RequestRules.check(request, merged, source.transport());
        if (refusal != null) {
            respond(request, transaction, refusal.status(), refusal.more());
        } else if (request.is("CANCEL")) {
            cancel(request, transaction);
        } else if (!request.core().to().tag().isEmpty()) {
            inDialog(request, transaction);
        } else if (request.is("INVITE")) {
            invite(request, source, transaction, user);
        } else if (request.is("OPTIONS")) {
            respond(request, transaction, 200, DialogCalls.abilities());
        } else {
            respond(request, transaction, 481, Headers.NONE);
        }
    }

    private void respond(SipRequest request, LiveTransaction transaction, int status, Headers more) {
        transaction.respond(line.response(request, status, line.fresh(), more, ""));
    }

    private void cancel(SipRequest cancel, LiveTransaction transaction) {
        LiveTransaction invite = line.transactions.cancelledBy(cancel);
        if (invite == null) {
            respond(cancel, transaction, 481, Headers.NONE);
            return;
        }
        respond(cancel, transaction, 200, Headers.NONE);
        IncomingLeg leg = line.ringing(invite);
        if (leg != null) {
            leg.cancelled();
        }
    }

    private void inDialog(SipRequest request, LiveTransaction transaction) {
        Leg leg = legOf(request);
        if (leg == null) {
            respond(request, transaction, 481, Headers.NONE);
        } else {
            leg.requested(request, transaction);
        }
    }

    private @Nullable Leg legOf(SipRequest request) {
        Leg leg = line.leg(DialogId.of(request));
        if (leg == null) {
            return null;
        }
        String theirs = leg.remoteTag();
        return theirs.isEmpty() || theirs.equals(request.core().from().tag()) ? leg : null;
    }

    private void invite(SipRequest invite, Hop source, LiveTransaction transaction, InviteUser user) {
        String name = null;
        if (gate != null) {
            switch (gate.check(invite)) {
                case DigestGate.Verdict.Known known -> name = known.user();
                case DigestGate.Verdict.Challenged challenged -> {
                    challenge(invite, transaction, challenged);
                    return;
                }
            }
        }
        IncomingLeg leg = new IncomingLeg(line, invite, source, name, transaction);
        user.leg = leg;
        line.rings(transaction, leg);
        try {
            incoming.invited(leg);
        } catch (RuntimeException e) {
            LOG.error("call {}: could not be taken", leg.sipCallId(), e);
            leg.refuse(500, Cause.TEMPORARY_FAILURE, null);
        }
    }

    private void challenge(SipRequest invite, LiveTransaction transaction, DigestGate.Verdict.Challenged challenged) {
        line.tally.challenges.increment();
        Headers more = Headers.NONE;
        List<String> challenges = challenged.challenges();
        for (int i = 0; i < challenges.size(); i++) {
            // Old peers look at the first challenge alone and give up on an algorithm they do not know; the same peers
            // miss a name with a blank before its colon, which RFC 3261, 7.3.1 allows. So each takes what it knows.
            more = more.with(i < challenges.size() - 1 ? "WWW-Authenticate " : "WWW-Authenticate", challenges.get(i));
        }
        respond(invite, transaction, 401, more);
    }
}
