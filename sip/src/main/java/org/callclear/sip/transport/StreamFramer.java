package org.callclear.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into messages by Content-Length (RFC 3261, 18.3); bounded, and linear in what comes in. A message that
 * does not end in time, or holds more than its share, is told up the pipeline as a {@link Shut}.
 */
final class StreamFramer extends ByteToMessageDecoder {
    /** What the framer says. */
    sealed interface Frame {
        /** One message. */
        record Whole(ByteBuffer bytes) implements Frame {}

        /** The end of understanding. */
        record Broken(ByteBuffer head, int status, String reason) implements Frame {}

        /** A double line end between messages: a ping that wants a line end back (RFC 5626, 4.4.1). */
        record Ping() implements Frame {}
    }

    private static final int LONGEST_HEAD = 32_768;
    private static final int LONGEST_MESSAGE = 65_535;
    private static final Pattern LENGTH =
            Pattern.compile("\r\n(?:Content-Length|l)[ \t]*:([^\r]*)\r\n", Pattern.CASE_INSENSITIVE);

    private final Unfinished unfinished;
    private int scanned;

    /** Length of the message whose head is read; 0 while it is not. */
    private int whole;

    private boolean dead;

    /** Whether something whole came out since the last look at the clock. */
    private boolean came;

    private int held;
    private boolean told;
    private @Nullable Future<?> deadline;

    StreamFramer(Unfinished unfinished) {
        this.unfinished = unfinished;
    }

    /** Nothing has come yet of a connection that came in, and that too must not last. */
    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        if (context.channel().parent() != null) {
            startClock(context);
        }
        super.channelActive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        super.channelRead(context, message);
        if (context.isRemoved()) {
            return;
        }
        int left = actualReadableBytes();
        hold(context, left);
        if (came) {
            came = false;
            stopClock();
        }
        if ((hasBegun() || dead) && deadline == null && !told) { // a peer that is told off may not read it, nor go
            startClock(context);
        }
        if (left > 0 && !unfinished.bytes().isFair(context.channel().id())) {
            shut(context, Shut.GREEDY);
        }
    }

    /** Whether what is left is the beginning of a message: line ends before one are a sign of life (RFC 5626, 3.5.1). */
    private boolean hasBegun() {
        return internalBuffer().forEachByte(b -> b == '\r' || b == '\n') >= 0;
    }

    private void hold(ChannelHandlerContext context, int now) {
        if (now != held) {
            unfinished.bytes().take(context.channel().id(), (long) now - held);
            held = now;
        }
    }

    private void startClock(ChannelHandlerContext context) {
        deadline = context.executor()
                .schedule(() -> shut(context, Shut.SLOW), unfinished.within().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stopClock() {
        Future<?> running = deadline;
        if (running != null) {
            boolean unused = running.cancel(false);
            deadline = null;
        }
    }

    private void shut(ChannelHandlerContext context, Shut why) {
        stopClock();
        dead = true;
        if (!told) {
            told = true;
            context.fireUserEventTriggered(why);
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        told = true;
        hold(context, 0);
        stopClock();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (dead) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (whole > 0) {
            complete(in, out);
            return;
        }
        if (scanned == 0 && skipsLineEnds(in, out)) {
            return;
        }
        int end = endOfHead(in);
        if (end < 0) {
            scanned = Math.max(0, in.readableBytes() - 3);
            if (in.readableBytes() > LONGEST_HEAD) {
                give(out, in, in.readableBytes(), 513, "Message Too Large");
            }
            return;
        }
        scanned = end - 4;
        if (end > LONGEST_HEAD) { // also when it comes in one piece: what is read must not hang on how it is cut
            give(out, in, end, 513, "Message Too Large");
            return;
        }
        cut(in, end, out);
    }

    private void cut(ByteBuf in, int end, List<Object> out) {
        String head = in.toString(in.readerIndex(), end, StandardCharsets.ISO_8859_1);
        Matcher length = LENGTH.matcher(head);
        if (!length.find()) {
            give(out, in, end, 400, "Missing Content-Length");
            return;
        }
        String told = length.group(1).trim();
        if (told.isEmpty() || told.length() > 9 || !told.chars().allMatch(c -> c >= '0' && c <= '9')) {
            give(out, in, end, 400, "Bad Content-Length");
        } else if (length.find(length.end() - 2)) {
            give(out, in, end, 400, "Content-Length given twice");
        } else if (end + Integer.parseInt(told) > LONGEST_MESSAGE) {
            give(out, in, end, 513, "Message Too Large");
        } else {
            whole = end + Integer.parseInt(told);
            complete(in, out);
        }
    }

    /** The head is not read again for each piece of a body. */
    private void complete(ByteBuf in, List<Object> out) {
        if (in.readableBytes() >= whole) {
            out.add(new Frame.Whole(take(in, whole)));
            came = true;
            whole = 0;
            scanned = 0;
        }
    }

    private void give(List<Object> out, ByteBuf in, int bytes, int status, String reason) {
        dead = true;
        came = true;
        out.add(new Frame.Broken(take(in, bytes), status, reason));
    }

    private static ByteBuffer take(ByteBuf in, int bytes) {
        byte[] taken = ByteBufUtil.getBytes(in, in.readerIndex(), bytes);
        in.skipBytes(bytes);
        return ByteBuffer.wrap(taken);
    }

    /** True when the input ended among line ends, and nobody can tell yet whether the last is half a ping. */
    private boolean skipsLineEnds(ByteBuf in, List<Object> out) {
        while (isLineEnd(in, 0)) {
            boolean ping = isLineEnd(in, 2);
            if (!ping && endsInLineEnd(in)) {
                return true;
            }
            in.skipBytes(ping ? 4 : 2);
            if (ping) {
                out.add(new Frame.Ping());
                came = true;
            }
        }
        return in.readableBytes() < 2;
    }

    /** Whether all that there is are a line end and nothing, or the first half of another. */
    private static boolean endsInLineEnd(ByteBuf in) {
        int length = in.readableBytes();
        return length == 2 || (length == 3 && in.getByte(in.readerIndex() + 2) == '\r');
    }

    private static boolean isLineEnd(ByteBuf in, int at) {
        int index = in.readerIndex() + at;
        return in.readableBytes() >= at + 2 && in.getByte(index) == '\r' && in.getByte(index + 1) == '\n';
    }

    private int endOfHead(ByteBuf in) {
        int first = in.readerIndex();
        for (int i = first + scanned; i + 3 < in.writerIndex(); i++) {
            if (in.getByte(i + 3) == '\n'
                    && in.getByte(i) == '\r'
                    && in.getByte(i + 1) == '\n'
                    && in.getByte(i + 2) == '\r') {
                return i + 4 - first;
            }
        }
        return -1;
    }
}
