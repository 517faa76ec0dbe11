package org.callclear.sip.transport;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import org.callclear.sip.call.Dial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A datagram is a message. */
final class DatagramReader extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final Logger LOG = LoggerFactory.getLogger(DatagramReader.class);

    private final Receiver receiver;

    DatagramReader(Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        receiver.received(new Hop(Dial.Transport.UDP, packet.sender()), ByteBufUtil.getBytes(packet.content()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The socket serves everybody: one bad turn must not close it.
        LOG.error("UDP {}: a message could not be handled", context.channel().localAddress(), cause);
    }
}
