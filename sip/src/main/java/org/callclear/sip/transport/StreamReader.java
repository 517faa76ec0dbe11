package org.callclear.sip.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.callclear.sip.call.Dial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands on the frames of one TCP or TLS connection, answers pings, closes what is idle or broken. */
final class StreamReader extends SimpleChannelInboundHandler<StreamFramer.Frame> {
    private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);
    private static final byte[] PONG = {'\r', '\n'};

    private final Receiver receiver;
    private final Hop source;

    /** Whether the answer to a ping has not left yet; a peer that does not read needs no second one. */
    private boolean answering;

    private StreamReader(Receiver receiver, Hop source) {
        this.receiver = receiver;
        this.source = source;
    }

    /** Handlers for a connection; the TLS ones, if any, come first. */
    static ChannelInitializer<Channel> initializer(
            Dial.Transport transport,
            Predicate<Channel> accept,
            Receiver receiver,
            Limits limits,
            Unfinished unfinished,
            Function<Channel, List<ChannelHandler>> first) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(first.apply(channel).toArray(ChannelHandler[]::new))
                        .addLast(new IdleStateHandler(
                                0, 0, limits.connections().idle().toMillis(), TimeUnit.MILLISECONDS))
                        .addLast(new StreamFramer(unfinished))
                        .addLast(new Greeter(transport, accept, receiver));
            }
        };
    }

    /** Learns the peer's address, which a connection being opened does not have yet, and makes room for the reader. */
    private static final class Greeter extends io.netty.channel.ChannelInboundHandlerAdapter {
        private final Dial.Transport transport;
        private final Predicate<Channel> accept;
        private final Receiver receiver;

        Greeter(Dial.Transport transport, Predicate<Channel> accept, Receiver receiver) {
            this.transport = transport;
            this.accept = accept;
            this.receiver = receiver;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            InetSocketAddress remote = (InetSocketAddress) context.channel().remoteAddress();
            if (remote == null || !accept.test(context.channel())) {
                if (remote != null) {
                    receiver.shut(new Hop(transport, remote), Shut.REFUSED);
                }
                ChannelFuture unused = context.close();
                return;
            }
            Hop source = new Hop(transport, remote);
            context.pipeline().replace(this, "reader", new StreamReader(receiver, source));
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, StreamFramer.Frame frame) {
        switch (frame) {
            case StreamFramer.Frame.Whole whole ->
                receiver.received(source, whole.bytes().array());
            case StreamFramer.Frame.Ping ping -> pong(context);
            case StreamFramer.Frame.Broken broken -> {
                receiver.broken(source, broken.head().array(), broken.status(), broken.reason());
                SipSockets.closeWhenFlushed(context.channel());
            }
        }
    }

    private void pong(ChannelHandlerContext context) {
        if (!answering) {
            answering = true;
            ChannelFuture unused =
                    context.writeAndFlush(Unpooled.wrappedBuffer(PONG)).addListener(done -> answering = false);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof Shut why) {
            LOG.debug("{} {}: closed, {}", source.transport(), source.remote(), why);
            receiver.shut(source, why);
            ChannelFuture unused = context.close();
        } else if (event instanceof IdleStateEvent) {
            ChannelFuture unused = context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A stranger's bad handshake comes wrapped; it must not fill the log.
        if (cause instanceof IOException || cause.getCause() instanceof SSLException) {
            LOG.debug("{} {}: {}", source.transport(), source.remote(), cause.getMessage());
        } else {
            LOG.error(
                    "{} {}: a message could not be handled, connection closed",
                    source.transport(),
                    source.remote(),
                    cause);
        }
        ChannelFuture unused = context.close();
    }
}
