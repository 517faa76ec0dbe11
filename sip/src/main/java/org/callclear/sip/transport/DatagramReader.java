package org.callclear.sip.transport;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import org.callclear.sip.call.Dial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A datagram is a message. All that have come are taken from the socket before the first is dealt with. */
final class DatagramReader extends SimpleChannelInboundHandler<DatagramPacket> {
    /** What the socket is asked for at a time. */
    static final int MOST_READ = 128;

    private static final Logger LOG = LoggerFactory.getLogger(DatagramReader.class);
    /** What is dealt with until the loop sees to its other tasks, and to the socket again. */
    private static final int MOST_SERVED = 32;

    private final Receiver receiver;
    private final Intake intake;
    private boolean goesOn;

    DatagramReader(Receiver receiver) {
        this.receiver = receiver;
        this.intake = new Intake(System::nanoTime, receiver::forgotten);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        intake.add(new Hop(Dial.Transport.UDP, packet.sender()), ByteBufUtil.getBytes(packet.content()));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!goesOn) {
            serve(context);
        }
    }

    private void serve(ChannelHandlerContext context) {
        for (int served = 0; served < MOST_SERVED; served++) {
            Intake.Datagram next = intake.next();
            if (next == null) {
                break;
            }
            serve(context, next);
        }
        goesOn = !intake.isEmpty();
        if (goesOn) {
            context.executor().execute(() -> serve(context));
        }
    }

    private void serve(ChannelHandlerContext context, Intake.Datagram datagram) {
        try {
            receiver.received(datagram.source, datagram.message);
        } catch (RuntimeException e) {
            exceptionCaught(context, e);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The socket serves everybody: one bad turn must not close it.
        LOG.error("UDP {}: a message could not be handled", context.channel().localAddress(), cause);
    }
}
