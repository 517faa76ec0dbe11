package org.callclear.sip.agent;

import java.util.List;
import java.util.function.Consumer;
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
import org.callclear.sip.transaction.ServerKey;
import org.callclear.sip.transport.Hop;
import org.callclear.sip.transport.Network;
import org.callclear.sip.transport.Receiver;
import org.callclear.sip.transport.Shares;
import org.callclear.sip.transport.Shut;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings each message to whom it is for: its transaction, its call, or the party that takes new calls. */
final class Reception implements Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private static final Headers LATER = Headers.NONE.with("Retry-After", "5");

    private final Line line;
    private final @Nullable IncomingCalls incoming;
    private final @Nullable DigestGate gate;
    private final Room room;

    /** Transactions of calls for which no proof is asked here, by where they came from. */
    private final Shares<Network> unproven;

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

    /** @param incoming who takes calls; null for nobody */
    Reception(Line line, @Nullable IncomingCalls incoming, @Nullable DigestGate gate, Room room) {
        this.line = line;
        this.incoming = incoming;
        this.gate = gate;
        this.room = room;
        this.unproven = new Shares<>(room.forNewCalls(), room.forNewCalls());
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

    @Override
    public void forgotten() {
        line.tally.forgotten.increment();
    }

    @Override
    public void shut(Hop source, Shut why) {
        line.tally.shut(why);
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
        if (faulty.status() == 513) {
            line.tally.tooLarge.increment();
        }
        LOG.debug("{} from {}: {} {}", faulty.method(), source.remote(), faulty.status(), faulty.reason());
        if (!admits(source)) {
            return;
        }
        line.tally.stateless.increment();
        String tag = line.tags.of(faulty.via() + " " + faulty.headers().first("Call-ID"));
        Decoded.Faulty marked = new Decoded.Faulty(
                faulty.method(),
                faulty.headers()
                        .withFirst(
                                "Via", faulty.via().arrivedFrom(source.remote()).toString()),
                faulty.via(),
                faulty.status(),
                faulty.reason());
        line.send(line.wayBack(faulty.via(), source), SipCodec.answer(marked, tag, line.name), () -> {});
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
        } else if (request.is("CANCEL")) {
            cancel(request, source);
        } else {
            serve(request, source);
        }
    }

    /** One that belongs to nothing is the ACK of an answer that left no trace: it leaves none either (8.2.7). */
    private void acknowledge(SipRequest ack) {
        if (!line.transactions.absorb(ack)) {
            Leg leg = legOf(ack);
            if (leg != null) {
                leg.acknowledged(ack);
            }
        }
    }

    /** Only what belongs to a call, or comes from a caller who is known, makes a transaction. */
    private void serve(SipRequest request, Hop source) {
        RequestRules.Refusal refusal =
                RequestRules.check(request, line.transactions.isMerged(request), source.transport());
        boolean outside = request.core().to().tag().isEmpty();
        Leg leg = outside ? null : legOf(request);
        if (leg != null) {
            inDialog(request, source, leg, refusal);
        } else if (refusal != null) {
            answerOnce(request, source, refusal.status(), refusal.more());
        } else if (outside && request.is("INVITE")) {
            invite(request, source);
        } else if (outside && request.is("OPTIONS")) {
            answerOnce(request, source, 200, DialogCalls.abilities());
        } else {
            answerOnce(request, source, 481, Headers.NONE);
        }
    }

    private LiveTransaction open(SipRequest request, Hop source) {
        return open(request, source, nobody -> {}, () -> {});
    }

    private LiveTransaction open(SipRequest request, Hop source, Consumer<Notice> user, Runnable left) {
        return line.transactions.serve(request, source.isReliable(), line.wayBack(request, source), user, left);
    }

    /** As a stateless server (RFC 3261, 8.2.7), if a stranger may still be answered. */
    private void answerOnce(SipRequest request, Hop source, int status, Headers more) {
        if (admits(source)) {
            sendOnce(request, source, status, more);
        }
    }

    private boolean admits(Hop source) {
        boolean admitted = line.strangers.admits(source.remote().getAddress());
        if (!admitted) {
            line.tally.shed.increment();
        }
        return admitted;
    }

    private void sendOnce(SipRequest request, Hop source, int status, Headers more) {
        line.tally.stateless.increment();
        String tag = line.tags.of(ServerKey.of(request).toString());
        line.send(line.wayBack(request.core().via(), source), line.response(request, status, tag, more, ""));
    }

    private void cancel(SipRequest cancel, Hop source) {
        LiveTransaction invite = line.transactions.cancelledBy(cancel);
        if (invite == null) {
            answerOnce(cancel, source, 481, Headers.NONE);
            return;
        }
        LiveTransaction transaction = open(cancel, source);
        transaction.respond(line.response(cancel, 200, line.fresh(), Headers.NONE, ""));
        IncomingLeg leg = line.ringing(invite);
        if (leg != null) {
            leg.cancelled();
        }
    }

    private void inDialog(SipRequest request, Hop source, Leg leg, RequestRules.@Nullable Refusal refusal) {
        if (line.transactions.open() >= room.transactions()) {
            sendOnce(request, source, 503, LATER);
            return;
        }
        LiveTransaction transaction = open(request, source);
        if (refusal == null) {
            leg.requested(request, transaction);
        } else {
            transaction.respond(line.response(request, refusal.status(), line.fresh(), refusal.more(), ""));
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

    private void invite(SipRequest invite, Hop source) {
        if (incoming == null) {
            answerOnce(invite, source, 403, Reasons.of(Cause.REJECTED));
        } else if (!hasRoomFor(source)) { // asked before a proof is looked at, for it is good for one call only
            busy(invite, source);
        } else if (gate == null) {
            take(invite, source, incoming, null);
        } else {
            askWhoCalls(invite, source, incoming, gate);
        }
    }

    private boolean hasRoomFor(Hop source) {
        boolean fair =
                gate != null || unproven.mayTake(Network.of(source.remote().getAddress()));
        return fair && line.transactions.open() < room.forNewCalls();
    }

    private void busy(SipRequest invite, Hop source) {
        if (admits(source)) {
            line.tally.busy.increment();
            sendOnce(invite, source, 503, LATER);
        }
    }

    private void askWhoCalls(SipRequest invite, Hop source, IncomingCalls takes, DigestGate asks) {
        // The guard that costs least comes first; a proof must be looked at before anybody can tell whose it is.
        boolean proofless = invite.headers().first("Authorization") == null;
        if (proofless && !admits(source)) {
            return;
        }
        switch (asks.check(invite)) {
            case DigestGate.Verdict.Known known -> {
                line.strangers.vouch(source.remote().getAddress());
                take(invite, source, takes, known.user());
            }
            case DigestGate.Verdict.Unproven unproved -> {
                if (proofless || admits(source)) {
                    challenge(invite, source, asks.challenges(unproved));
                }
            }
        }
    }

    private void take(SipRequest invite, Hop source, IncomingCalls takes, @Nullable String name) {
        Network from = Network.of(source.remote().getAddress());
        InviteUser user = new InviteUser();
        long share = gate == null ? 1 : 0;
        unproven.take(from, share);
        LiveTransaction transaction = open(invite, source, user::noticed, () -> unproven.take(from, -share));
        IncomingLeg leg = new IncomingLeg(line, invite, source, name, transaction);
        user.leg = leg;
        line.rings(transaction, leg);
        try {
            takes.invited(leg);
        } catch (RuntimeException e) {
            LOG.error("call {}: could not be taken", leg.sipCallId(), e);
            leg.refuse(500, Cause.TEMPORARY_FAILURE, null);
        }
    }

    private void challenge(SipRequest invite, Hop source, List<String> challenges) {
        line.tally.challenges.increment();
        Headers more = Headers.NONE;
        for (int i = 0; i < challenges.size(); i++) {
            // Old peers look at the first challenge alone and give up on an algorithm they do not know; the same peers
            // miss a name with a blank before its colon, which RFC 3261, 7.3.1 allows. So each takes what it knows.
            more = more.with(i < challenges.size() - 1 ? "WWW-Authenticate " : "WWW-Authenticate", challenges.get(i));
        }
        sendOnce(invite, source, 401, more);
    }
}
