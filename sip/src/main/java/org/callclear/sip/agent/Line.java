package org.callclear.sip.agent;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.callclear.sip.call.Dial;
import org.callclear.sip.dialog.Dialog;
import org.callclear.sip.dialog.DialogId;
import org.callclear.sip.loop.Loop;
import org.callclear.sip.message.Headers;
import org.callclear.sip.message.SipCodec;
import org.callclear.sip.message.SipMessage;
import org.callclear.sip.message.SipRequest;
import org.callclear.sip.message.SipResponse;
import org.callclear.sip.message.SipUri;
import org.callclear.sip.message.Via;
import org.callclear.sip.transaction.LiveTransaction;
import org.callclear.sip.transaction.Outlet;
import org.callclear.sip.transaction.SipTimers;
import org.callclear.sip.transaction.Transactions;
import org.callclear.sip.transport.Hop;
import org.callclear.sip.transport.Wire;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all calls of a user agent share: the loop, the sockets, the tables, our own address. On the loop only. */
final class Line {
    private static final Logger LOG = LoggerFactory.getLogger(Line.class);
    private static final int MOST_KNOWN_ADDRESSES = 1_000;

    final Loop loop;
    final SipTimers timers;
    final Transactions transactions;
    final Tally tally = new Tally();
    final String name;
    final StatelessTags tags;
    final Strangers strangers;

    private final SecureRandom random;
    private final Map<DialogId, Leg> legs = new HashMap<>();
    private final Map<LiveTransaction, IncomingLeg> ringing = new HashMap<>();
    private final Map<InetAddress, InetAddress> ours = new ConcurrentHashMap<>(); // asked by dial on any thread
    private volatile @Nullable Wire sockets;
    private volatile int openCalls;

    Line(Loop loop, SipTimers timers, String name, SecureRandom random, Strangers strangers) {
        this.loop = loop;
        this.timers = timers;
        this.transactions = new Transactions(loop, timers);
        this.name = name;
        this.random = random;
        this.tags = new StatelessTags(random);
        this.strangers = strangers;
    }

    void open(Wire opened) {
        sockets = opened;
    }

    boolean isOpen() {
        return sockets != null;
    }

    int openCalls() {
        return openCalls;
    }

    @Nullable
    Leg leg(DialogId id) {
        return legs.get(id);
    }

    void enter(Leg leg) {
        legs.put(leg.id(), leg);
        openCalls = legs.size();
    }

    /** Remembers whose INVITE a transaction carries, for its CANCEL. */
    void rings(LiveTransaction invite, IncomingLeg leg) {
        ringing.put(invite, leg);
    }

    @Nullable
    IncomingLeg ringing(LiveTransaction invite) {
        return ringing.get(invite);
    }

    void leave(Leg leg) {
        legs.remove(leg.id(), leg);
        if (leg instanceof IncomingLeg incoming) {
            ringing.remove(incoming.transaction());
        }
        openCalls = legs.size();
    }

    /** Random text for tags, branches and Call-IDs: 64 bits (RFC 3261, 19.3 asks for 32). */
    String fresh() {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The value of Via for a new request. */
    String via(Hop hop) {
        return "SIP/2.0/" + hop.transport() + " " + sentBy(hop) + ";rport;branch=" + Via.COOKIE + fresh();
    }

    /** The value of Contact that reaches us over that hop. */
    String contact(Hop hop) {
        return "<sip:" + sentBy(hop) + transport(hop.transport()) + ">";
    }

    /** The same where every hop must be secured (RFC 3261, 12.1.1). */
    String securedContact(Hop hop) {
        return "<sips:" + sentBy(hop) + ">";
    }

    /** The URI parameter that names a transport; empty for UDP. */
    static String transport(Dial.Transport transport) {
        return switch (transport) {
            case UDP -> "";
            case TCP -> ";transport=tcp";
            case TLS -> ";transport=tls";
        };
    }

    /** Our address as that peer sees it, for a URI. */
    String sentBy(Hop hop) {
        return host(hop) + ":" + bound(hop).getPort();
    }

    /** Our host as that peer sees it, for a URI. */
    String host(Hop hop) {
        InetAddress bound = bound(hop).getAddress();
        String plain = Via.text(bound.isAnyLocalAddress() ? toward(hop.remote(), bound) : bound);
        return plain.indexOf(':') < 0 ? plain : "[" + plain + "]";
    }

    private InetSocketAddress bound(Hop hop) {
        InetSocketAddress secured = socketsOrFail().tlsAddress();
        return hop.transport() == Dial.Transport.TLS && secured != null
                ? secured
                : socketsOrFail().address();
    }

    private InetAddress toward(InetSocketAddress peer, InetAddress otherwise) {
        InetAddress known = ours.get(peer.getAddress());
        if (known != null) {
            return known;
        }
        // Connecting a datagram socket sends nothing; it asks the routing table which address we would send from.
        try (DatagramSocket probe = new DatagramSocket()) {
            probe.connect(peer);
            InetAddress found = probe.getLocalAddress();
            if (ours.size() >= MOST_KNOWN_ADDRESSES) {
                ours.clear();
            }
            ours.put(peer.getAddress(), found);
            return found;
        } catch (SocketException e) {
            LOG.warn("no own address toward {}: {}", peer, e.getMessage());
            return otherwise;
        }
    }

    /** Where requests of a dialog go: an open connection is used again, since the peer may not listen. */
    Hop hop(Dialog dialog) {
        return socketsOrFail().isConnected(dialog.peer()) ? dialog.peer() : dialog.nextHop();
    }

    Outlet outlet(Hop hop) {
        return (message, failed) -> send(hop, message, failed);
    }

    /**
     * The way back of a request's responses (RFC 3261, 18.2.2; RFC 3581, 4), looked for at each response. Via's maddr is not
     * followed: a client sets it for multicast only (18.1.1), which nobody listens to here, and it would let a stranger send
     * our answers to anybody.
     */
    Outlet wayBack(SipRequest request, Hop source) {
        Via via = request.core().via();
        Hop otherwise = toSentBy(via, source); // not the Via: a transaction keeps this for half a minute
        boolean symmetric = via.params().has("rport");
        return (message, failed) -> send(wayBack(symmetric, source, otherwise), message, failed);
    }

    Hop wayBack(Via via, Hop source) {
        return wayBack(via.params().has("rport"), source, toSentBy(via, source));
    }

    private Hop wayBack(boolean symmetric, Hop source, Hop otherwise) {
        boolean same = source.isReliable() ? socketsOrFail().isConnected(source) : symmetric;
        return same ? source : otherwise;
    }

    /** The port that Via names, at the address that the request came from. */
    private static Hop toSentBy(Via via, Hop source) {
        int usual = source.transport() == Dial.Transport.TLS ? 5061 : 5060; // RFC 3261, 19.1.2
        int port = via.port() == 0 ? usual : via.port();
        return new Hop(source.transport(), new InetSocketAddress(source.remote().getAddress(), port));
    }

    /** Sends a message that no transaction looks after. */
    void send(Hop hop, SipMessage message) {
        send(hop, SipCodec.STRICT.encode(message), () -> LOG.debug("{} to {}: not sent", message, hop.remote()));
    }

    void send(Hop hop, byte[] bytes, Runnable failed) {
        tally.messagesOut.increment();
        socketsOrFail().send(hop, bytes, failed);
    }

    /** A response of ours, with the name of this agent. */
    SipResponse response(SipRequest request, int status, String tag, Headers more, String body) {
        Headers named = status == 100 ? more : more.with("Server", name);
        return SipResponse.to(request, status, Phrases.of(status), tag, named, body);
    }

    private Wire socketsOrFail() {
        Wire open = sockets;
        if (open == null) {
            throw new IllegalStateException("the sockets are not open yet");
        }
        return open;
    }

    static String user(String uri) {
        SipUri read = SipUri.of(uri);
        return read == null ? "" : read.user();
    }
}
