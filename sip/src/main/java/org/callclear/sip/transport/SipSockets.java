package org.callclear.sip.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.callclear.sip.call.Dial;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of one user agent; all but opening happens on the loop. */
public final class SipSockets implements Wire, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SipSockets.class);
    private static final int TRIES = 20;
    private static final int LONGEST_DATAGRAM = 65_535;

    private final SocketKind kind;
    private final EventLoop loop;
    private final Receiver receiver;
    private final Limits limits;
    private final Channel datagrams;
    private final Channel listener;
    private final @Nullable TlsPipes tls;
    private final @Nullable Channel tlsListener;
    private final Map<Hop, Connection> connections = new HashMap<>();
    private final Shares<Network> accepted;
    private final Shares<Network> handshaking;
    private final Unfinished unfinished;
    private final Unsent unsent;

    private SipSockets(
            InetSocketAddress listen,
            @Nullable SipTls tls,
            SocketKind kind,
            EventLoop loop,
            Receiver receiver,
            Limits limits) {
        this.kind = kind;
        this.loop = loop;
        this.receiver = receiver;
        this.limits = limits;
        this.accepted =
                new Shares<>(limits.connections().inAll(), limits.connections().perPeer());
        int handshakes = limits.handshakes().atOnce();
        this.handshaking = new Shares<>(handshakes, handshakes);
        this.unfinished = Unfinished.of(limits);
        this.unsent = Unsent.of(limits);
        this.tls = tls == null ? null : TlsPipes.of(tls, limits);
        List<Channel> bound = new ArrayList<>();
        try {
            this.datagrams = bindUdp(listen);
            bound.add(datagrams);
            InetSocketAddress udp = (InetSocketAddress) datagrams.localAddress();
            InetSocketAddress tcp = new InetSocketAddress(listen.getAddress(), udp.getPort());
            this.listener = bindStream(Dial.Transport.TCP, tcp, this::acceptPlain, channel -> List.of());
            bound.add(listener);
            this.tlsListener = tls == null
                    ? null
                    : bindStream(Dial.Transport.TLS, tls.listen(), this::acceptTls, SipSockets.this::tlsHandlers);
        } catch (RuntimeException e) {
            bound.forEach(channel -> channel.close().syncUninterruptibly());
            closeTls();
            throw e;
        }
    }

    private List<ChannelHandler> tlsHandlers(Channel channel) {
        return List.of(new NoRenegotiation(), pipes().accepting(channel.alloc()));
    }

    private TlsPipes pipes() {
        return Objects.requireNonNull(tls, "TLS is not configured");
    }

    private void closeTls() {
        if (tls != null) {
            tls.close();
        }
    }

    /**
     * Opens UDP and TCP on one port, and TLS where it is asked for.
     *
     * @throws UncheckedIOException when a port is taken, an address is not of this machine or a file of TLS is unusable
     */
    public static SipSockets open(
            InetSocketAddress listen,
            @Nullable SipTls tls,
            SocketKind kind,
            EventLoop loop,
            Receiver receiver,
            Limits limits) {
        UncheckedIOException last = null;
        // A port that is free for UDP may be taken for TCP: where any will do, try others.
        for (int i = 0; i < (listen.getPort() == 0 ? TRIES : 1); i++) {
            try {
                return new SipSockets(listen, tls, kind, loop, receiver, limits);
            } catch (UncheckedIOException e) {
                last = e;
            }
        }
        throw last == null ? new IllegalStateException("no try was made") : last;
    }

    private Channel bindUdp(InetSocketAddress listen) {
        return bound(
                new Bootstrap()
                        .group(loop)
                        .channel(kind.datagram())
                        .option(ChannelOption.SO_RCVBUF, 4 << 20)
                        .option(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new FixedRecvByteBufAllocator(LONGEST_DATAGRAM)
                                        .maxMessagesPerRead(DatagramReader.MOST_READ))
                        .handler(new DatagramReader(receiver))
                        .bind(listen),
                "UDP",
                listen);
    }

    private Channel bindStream(
            Dial.Transport transport,
            InetSocketAddress listen,
            Predicate<Channel> accept,
            Function<Channel, List<ChannelHandler>> first) {
        return bound(
                new ServerBootstrap()
                        .group(loop)
                        .channel(kind.server())
                        .childHandler(StreamReader.initializer(transport, accept, receiver, limits, unfinished, first))
                        .bind(listen),
                transport.name(),
                listen);
    }

    private static Channel bound(ChannelFuture binding, String transport, InetSocketAddress listen) {
        ChannelFuture done = binding.awaitUninterruptibly();
        if (!done.isSuccess()) {
            String why = "listen " + listen.getHostString() + ":" + listen.getPort() + " (" + transport + "): "
                    + done.cause().getMessage();
            throw new UncheckedIOException(why, new IOException(why, done.cause()));
        }
        return done.channel();
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) datagrams.localAddress();
    }

    @Override
    public @Nullable InetSocketAddress tlsAddress() {
        return tlsListener == null ? null : (InetSocketAddress) tlsListener.localAddress();
    }

    @Override
    public void send(Hop hop, byte[] bytes, Runnable failed) {
        if (hop.transport() == Dial.Transport.UDP) {
            ChannelFuture sent =
                    datagrams.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(bytes), hop.remote()));
            ChannelFuture unused = sent.addListener(done -> {
                if (!done.isSuccess()) {
                    failed.run();
                }
            });
            return;
        }
        Connection known = connections.get(hop);
        if (known != null && known.isUsable()) {
            known.send(bytes, failed);
        } else if (hop.transport() == Dial.Transport.TLS && (tls == null || !tls.canOpen())) {
            failed.run(); // and never in the clear instead (RFC 3261, 26.2.2)
        } else {
            connect(hop).send(bytes, failed);
        }
    }

    @Override
    public boolean isConnected(Hop hop) {
        Connection known = connections.get(hop);
        return hop.isReliable() && known != null && known.isUsable();
    }

    private Connection connect(Hop hop) {
        Connection connection = new Connection(unsent, Network.of(hop.remote().getAddress()));
        connections.put(hop, connection);
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(kind.stream())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        limits.connections().openedWithin().toMillis())
                .handler(StreamReader.initializer(
                        hop.transport(), channel -> true, receiver, limits, unfinished, opening(hop)))
                .connect(hop.remote());
        ChannelFuture unused = connecting.addListener(done -> {
            if (done.isSuccess()) {
                connection.opened(connecting.channel());
                forgetWhenClosed(hop, connection, connecting.channel());
            } else {
                LOG.debug(
                        "{} to {}: {}",
                        hop.transport(),
                        hop.remote(),
                        done.cause().getMessage());
                connections.remove(hop, connection);
                connection.refused();
            }
        });
        return connection;
    }

    private Function<Channel, List<ChannelHandler>> opening(Hop hop) {
        return hop.transport() == Dial.Transport.TLS
                ? channel -> List.of(pipes().opening(channel.alloc()))
                : channel -> List.of();
    }

    private boolean acceptPlain(Channel channel) {
        return accept(Dial.Transport.TCP, channel);
    }

    private boolean acceptTls(Channel channel) {
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        Network network = Network.of(remote.getAddress());
        if (!handshaking.mayTake(network) || !accept(Dial.Transport.TLS, channel)) {
            return false;
        }
        handshaking.take(network, 1);
        Future<Channel> unused = channel.pipeline()
                .get(SslHandler.class)
                .handshakeFuture()
                .addListener(done -> {
                    handshaking.take(network, -1);
                    if (!done.isSuccess()) {
                        receiver.shut(new Hop(Dial.Transport.TLS, remote), Shut.HANDSHAKE);
                    }
                });
        return true;
    }

    /** Takes a connection that came in, or says no when its peer has more than its share of all. */
    private boolean accept(Dial.Transport transport, Channel channel) {
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        Network network = Network.of(remote.getAddress());
        if (!accepted.mayTake(network)) {
            return false;
        }
        accepted.take(network, 1);
        Connection connection = new Connection(unsent, network);
        Hop hop = new Hop(transport, remote);
        connection.opened(channel);
        connections.put(hop, connection);
        forgetWhenClosed(hop, connection, channel);
        ChannelFuture unused = channel.closeFuture().addListener(done -> accepted.take(network, -1));
        return true;
    }

    private void forgetWhenClosed(Hop hop, Connection connection, Channel channel) {
        ChannelFuture unused = channel.closeFuture().addListener(done -> connections.remove(hop, connection));
    }

    /** Closes the listening sockets; the loop's end closes the connections. */
    @Override
    public void close() {
        if (tlsListener != null) {
            tlsListener.close().awaitUninterruptibly();
        }
        listener.close().awaitUninterruptibly();
        datagrams.close().awaitUninterruptibly();
        closeTls();
    }

    static void closeWhenFlushed(Channel channel) {
        ChannelFuture unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
}
