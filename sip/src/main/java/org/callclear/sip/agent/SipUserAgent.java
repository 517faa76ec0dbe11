package org.callclear.sip.agent;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.callclear.sip.call.Dial;
import org.callclear.sip.call.IncomingCalls;
import org.callclear.sip.call.OutgoingCall;
import org.callclear.sip.call.UserAgent;
import org.callclear.sip.digest.DigestGate;
import org.callclear.sip.loop.NettyLoop;
import org.callclear.sip.transport.Limits;
import org.callclear.sip.transport.SipSockets;
import org.callclear.sip.transport.SocketKind;
import org.jspecify.annotations.Nullable;

/**
 * The user agent on UDP, TCP and, where it is asked for, TLS. All listeners are called on its one thread: one that blocks stops every call.
 */
public final class SipUserAgent implements UserAgent {
    /** From a challenge to its answer: longer than any transaction lasts, and a nonce opens one call only. */
    private static final Duration NONCE_LIFETIME = Duration.ofMinutes(1);

    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    private final EventLoopGroup group;
    private final Line line;
    private final SipSockets sockets;
    private final InetSocketAddress address;

    private SipUserAgent(EventLoopGroup group, Line line, SipSockets sockets) {
        this.group = group;
        this.line = line;
        this.sockets = sockets;
        this.address = sockets.address();
    }

    /**
     * Opens the sockets and begins to serve.
     *
     * @throws java.io.UncheckedIOException when a port is taken, an address is not of this machine or a file of TLS is unusable
     */
    public static SipUserAgent start(SipSettings settings, IncomingCalls incoming) {
        return start(settings, incoming, Limits.USUAL, Clock.systemUTC(), new SecureRandom());
    }

    /** As above, for an agent that places calls and takes none: whoever calls it hears 403, and nothing is kept of him. */
    public static SipUserAgent start(SipSettings settings) {
        return start(settings, null, Limits.USUAL, Clock.systemUTC(), new SecureRandom());
    }

    /**
     * As above, with what strangers may take, the time for nonces and the source of tags and nonces given.
     *
     * @param incoming who takes calls; null for nobody
     */
    public static SipUserAgent start(
            SipSettings settings, @Nullable IncomingCalls incoming, Limits limits, Clock clock, SecureRandom random) {
        SocketKind kind = SocketKind.best();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("sip-" + settings.listen().getPort(), true), kind.handler());
        try {
            EventLoop events = group.next();
            Strangers strangers = new Strangers(limits, System::nanoTime);
            Line line = new Line(new NettyLoop(events), settings.timers(), settings.userAgentName(), random, strangers);
            Reception reception = new Reception(line, incoming, gate(settings.callers(), clock, random), Room.USUAL);
            SipSockets sockets = SipSockets.open(settings.listen(), settings.tls(), kind, events, reception, limits);
            line.open(sockets);
            line.loop.execute(new FloodWatch(line.loop, line.tally)::begin);
            return new SipUserAgent(group, line, sockets);
        } catch (RuntimeException e) {
            shutDown(group);
            throw e;
        }
    }

    private static @Nullable DigestGate gate(@Nullable DigestRealm realm, Clock clock, SecureRandom random) {
        return realm == null ? null : new DigestGate(realm.realm(), realm.passwords(), clock, random, NONCE_LIFETIME);
    }

    /** Where it listens, with the port it really has. */
    public InetSocketAddress address() {
        return address;
    }

    /** Where it listens for TLS; null when it does not. */
    public @Nullable InetSocketAddress tlsAddress() {
        return sockets.tlsAddress();
    }

    /** What it has seen so far. */
    public SipCounters counters() {
        return line.tally.snapshot(line.transactions.open(), line.openCalls());
    }

    /**
     * As the interface says. The INVITE leaves on the agent's thread after this method has handed it over as its last
     * act; a listener that needs the returned call should take it under the same lock or on the same thread.
     */
    @Override
    public OutgoingCall dial(Dial dial, OutgoingCall.Listener listener) {
        OutgoingLeg leg = new OutgoingLeg(line, dial, listener);
        line.loop.execute(leg::start);
        return leg;
    }

    @Override
    public void close() {
        sockets.close();
        shutDown(group);
    }

    private static void shutDown(EventLoopGroup group) {
        boolean unused = group.shutdownGracefully(0, SHUTDOWN.toSeconds(), TimeUnit.SECONDS)
                .awaitUninterruptibly(SHUTDOWN.toMillis());
    }
}
