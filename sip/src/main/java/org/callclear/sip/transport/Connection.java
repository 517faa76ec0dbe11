package org.callclear.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One TCP connection, being opened or open. On the loop only. */
final class Connection {
    private record Waiting(ByteBuf message, Runnable failed) {}

    private static final int MOST_WAITING = 10_000;

    private final int unsentBytes;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Channel channel;

    Connection(int unsentBytes) {
        this.unsentBytes = unsentBytes;
    }

    /** It is up: what waited goes out. */
    void opened(Channel open) {
        channel = open;
        for (Waiting message = waiting.poll(); message != null; message = waiting.poll()) {
            write(open, message.message(), message.failed());
        }
    }

    /** It never came up. */
    void refused() {
        for (Waiting message = waiting.poll(); message != null; message = waiting.poll()) {
            message.failed().run();
        }
    }

    boolean isUsable() {
        Channel open = channel;
        return open == null || open.isActive();
    }

    void send(byte[] bytes, Runnable failed) {
        Channel open = channel;
        if (open != null) {
            write(open, Unpooled.wrappedBuffer(bytes), failed);
        } else if (waiting.size() < MOST_WAITING) {
            waiting.add(new Waiting(Unpooled.wrappedBuffer(bytes), failed));
        } else {
            failed.run();
        }
    }

    private void write(Channel open, ByteBuf message, Runnable failed) {
        ChannelFuture sent = open.writeAndFlush(message);
        ChannelFuture unused = sent.addListener(done -> {
            if (!done.isSuccess()) {
                failed.run();
            }
        });
        if (open.unsafe().outboundBuffer() != null
                && open.unsafe().outboundBuffer().totalPendingWriteBytes() > unsentBytes) {
            ChannelFuture unusedToo = open.close(); // a peer that does not read must not fill our memory
        }
    }
}
