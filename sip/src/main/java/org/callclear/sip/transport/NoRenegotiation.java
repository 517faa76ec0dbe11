package org.callclear.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Stands before the TLS engine and closes a connection whose peer begins a second handshake (TLS 1.2): each costs us more
 * than him. Looks at record headers alone (RFC 5246, 6.2.1). Once the peer has changed to encryption, one handshake record
 * is due, his Finished, or his second hello in TLS 1.3 (RFC 8446, 4.1.4 and D.4), and none ever after: 1.3 hides its own.
 */
final class NoRenegotiation extends ChannelInboundHandlerAdapter {
    private static final int HEADER = 5;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;

    private int headerRead;
    private int length;
    private int bodyLeft;
    private boolean changed;
    private int handshakesAfter;
    private boolean closed;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closed || (message instanceof ByteBuf bytes && isRenegotiation(bytes))) {
            ReferenceCountUtil.release(message);
            if (!closed) {
                closed = true;
                ChannelFuture unused = context.close();
            }
            return;
        }
        ChannelHandlerContext unused = context.fireChannelRead(message);
    }

    private boolean isRenegotiation(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex()) {
            if (bodyLeft > 0) {
                int skipped = Math.min(bodyLeft, bytes.writerIndex() - at);
                bodyLeft -= skipped;
                at += skipped;
            } else if (isForbidden(bytes.getUnsignedByte(at++))) {
                return true;
            }
        }
        return false;
    }

    /** Takes one byte of a header. */
    private boolean isForbidden(int value) {
        if (headerRead == 0) {
            if (value == HANDSHAKE && changed) {
                handshakesAfter++;
            }
            changed |= value == CHANGE_CIPHER_SPEC;
            length = 0;
        } else if (headerRead >= HEADER - 2) {
            length = length << 8 | value;
        }
        headerRead++;
        if (headerRead == HEADER) {
            headerRead = 0;
            bodyLeft = length;
        }
        return handshakesAfter > 1;
    }
}
