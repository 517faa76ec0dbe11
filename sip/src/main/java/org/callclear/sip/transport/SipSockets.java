package org.callclear.sip.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.callclear.sip.call.Dial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of one user agent; all but opening happens on the loop. */
public final class SipSockets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SipSockets.class);
    private static final int TRIES = 20;
    private static final int LONGEST_DATAGRAM = 65_535;

    private final SocketKind kind;
    private final EventLoop loop;
    private final Receiver receiver;
    private final Limits limits;
    private final Channel datagrams;
    private final Channel listener;
    private final Map<InetSocketAddress, Connection> connections = new HashMap<>();
    private final Map<InetAddress, Integer> accepted = new HashMap<>();
    private static final Duration REFUSALS_SAID_EVERY = Duration.ofSeconds(1);

    private long refusals;
    private long refusalsSaidAt = System.nanoTime() - REFUSALS_SAID_EVERY.toNanos();
    private int acceptedInAll;

    private SipSockets(InetSocketAddress listen, SocketKind kind, EventLoop loop, Receiver receiver, Limits limits) {
        this.kind = kind;
        this.loop = loop;
        this.receiver = receiver;
        this.limits = limits;
        this.datagrams = bindUdp(listen);
        try {
            InetSocketAddress udp = (InetSocketAddress) datagrams.localAddress();
            this.listener = bindTcp(new InetSocketAddress(listen.getAddress(), udp.getPort()));
        } catch (RuntimeException e) {
            datagrams.close().syncUninterruptibly();
            throw e;
        }
    }

    /**
     * Opens UDP and TCP on one port.
     *
     * @throws UncheckedIOException when the port is taken or the address is not of this machine
     */
    public static SipSockets open(
            InetSocketAddress listen, SocketKind kind, EventLoop loop, Receiver receiver, Limits limits) {
        UncheckedIOException last = null;
        // A port that is free for UDP may be taken for TCP: where any will do, try others.
        for (int i = 0; i < (listen.getPort() == 0 ? TRIES : 1); i++) {
            try {
                return new SipSockets(listen, kind, loop, receiver, limits);
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
                        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LONGEST_DATAGRAM))
                        .handler(new DatagramReader(receiver))
                        .bind(listen),
                "UDP",
                listen);
    }

    private Channel bindTcp(InetSocketAddress listen) {
        return bound(
                new ServerBootstrap()
                        .group(loop)
                        .channel(kind.server())
                        .childHandler(StreamReader.initializer(this::accept, receiver, limits))
                        .bind(listen),
                "TCP",
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

    /** The address bound to. */
    public InetSocketAddress address() {
        return (InetSocketAddress) datagrams.localAddress();
    }

    /** Sends a message; over TCP by the connection with that peer, opened when there is none. */
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
        Connection known = connections.get(hop.remote());
        (known != null && known.isUsable() ? known : connect(hop.remote())).send(bytes, failed);
    }

    /** Whether a message to this hop would go by a connection that is already there. */
    public boolean isConnected(Hop hop) {
        Connection known = connections.get(hop.remote());
        return hop.transport() == Dial.Transport.TCP && known != null && known.isUsable();
    }

    private Connection connect(InetSocketAddress remote) {
        Connection connection = new Connection(limits.unsentBytes());
        connections.put(remote, connection);
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(kind.stream())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        limits.connectWithin().toMillis())
                .handler(StreamReader.initializer(channel -> true, receiver, limits))
                .connect(remote);
        ChannelFuture unused = connecting.addListener(done -> {
            if (done.isSuccess()) {
                connection.opened(connecting.channel());
                forgetWhenClosed(remote, connection, connecting.channel());
            } else {
                LOG.debug("TCP to {}: {}", remote, done.cause().getMessage());
                connections.remove(remote, connection);
                connection.refused();
            }
        });
        return connection;
    }

    /** Says it once a second at most: a stranger must not be able to fill a log. */
    private void refused(InetSocketAddress remote, int held) {
        refusals++;
        if (System.nanoTime() - refusalsSaidAt >= REFUSALS_SAID_EVERY.toNanos()) {
            LOG.warn(
                    "TCP connections refused: {} since the last such line, now one from {}, {} open from there, {} in all",
                    refusals,
                    remote.getAddress(),
                    held,
                    acceptedInAll);
            refusals = 0;
            refusalsSaidAt = System.nanoTime();
        }
    }

    /** Takes a connection that came in, or says no when its peer or all peers have too many. */
    private boolean accept(Channel channel) {
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        int held = accepted.getOrDefault(remote.getAddress(), 0);
        if (held >= limits.connectionsPerPeer() || acceptedInAll >= limits.connections()) {
            refused(remote, held);
            return false;
        }
        accepted.put(remote.getAddress(), held + 1);
        acceptedInAll++;
        Connection connection = new Connection(limits.unsentBytes());
        connection.opened(channel);
        connections.put(remote, connection);
        forgetWhenClosed(remote, connection, channel);
        ChannelFuture unused = channel.closeFuture().addListener(done -> {
            acceptedInAll--;
            accepted.computeIfPresent(remote.getAddress(), (peer, count) -> count == 1 ? null : count - 1);
        });
        return true;
    }

    private void forgetWhenClosed(InetSocketAddress remote, Connection connection, Channel channel) {
        ChannelFuture unused = channel.closeFuture().addListener(done -> connections.remove(remote, connection));
    }

    /** Closes the listening sockets; the loop's end closes the connections. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        datagrams.close().awaitUninterruptibly();
    }

    static void closeWhenFlushed(Channel channel) {
        ChannelFuture unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
}
