package org.callclear.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a stream into messages by Content-Length (RFC 3261, 18.3); bounded, and linear in what comes in. */
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

    private int scanned;
    private boolean dead;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (dead) {
            in.skipBytes(in.readableBytes());
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
        } else if (in.readableBytes() >= end + Integer.parseInt(told)) {
            out.add(new Frame.Whole(take(in, end + Integer.parseInt(told))));
            scanned = 0;
        }
    }

    private void give(List<Object> out, ByteBuf in, int bytes, int status, String reason) {
        dead = true;
        out.add(new Frame.Broken(take(in, bytes), status, reason));
    }

    private static ByteBuffer take(ByteBuf in, int bytes) {
        byte[] taken = ByteBufUtil.getBytes(in, in.readerIndex(), bytes);
        in.skipBytes(bytes);
        return ByteBuffer.wrap(taken);
    }

    /** True when the input ended among line ends, and nobody can tell yet whether the last is half a ping. */
    private static boolean skipsLineEnds(ByteBuf in, List<Object> out) {
        while (isLineEnd(in, 0)) {
            boolean ping = isLineEnd(in, 2);
            if (!ping && endsInLineEnd(in)) {
                return true;
            }
            in.skipBytes(ping ? 4 : 2);
            if (ping) {
                out.add(new Frame.Ping());
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
