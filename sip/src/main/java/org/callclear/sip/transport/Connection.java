package org.callclear.sip.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One TCP or TLS connection, being opened or open. On the loop only. */
final class Connection {
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Waiting(byte[] message, Runnable failed) {}

    private final Unsent unsent;
    private final Network peer;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Channel channel;

    /** Bytes that were given to it and have not left. */
    private long held;

    Connection(Unsent unsent, Network peer) {
        this.unsent = unsent;
        this.peer = peer;
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
            hold(-message.message().length);
            message.failed().run();
        }
    }

    boolean isUsable() {
        Channel open = channel;
        return open == null || open.isActive();
    }

    /** Sends it, now or when it is up. A peer that does not read must not fill our memory: it is closed. */
    void send(byte[] message, Runnable failed) {
        Channel open = channel;
        if (!unsent.hasRoom(peer, held, message.length)) {
            if (open != null) {
                ChannelFuture unused = open.close();
            }
            failed.run();
            return;
        }
        hold(message.length);
        if (open == null) {
            waiting.add(new Waiting(message, failed));
        } else {
            write(open, message, failed);
        }
    }

    private void write(Channel open, byte[] message, Runnable failed) {
        ChannelFuture unused = open.writeAndFlush(Unpooled.wrappedBuffer(message))
                .addListener(done -> {
                    hold(-message.length);
                    if (!done.isSuccess()) {
                        failed.run();
                    }
                });
    }

    private void hold(int more) {
        held += more;
        unsent.bytes().take(peer, more);
    }
}
