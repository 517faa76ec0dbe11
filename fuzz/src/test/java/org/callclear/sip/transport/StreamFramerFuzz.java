package org.callclear.sip.transport;

import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.callclear.fuzz.Cost;
import org.callclear.fuzz.Holds;
import org.callclear.fuzz.Swollen;
import org.callclear.sip.message.Decoded;
import org.callclear.sip.message.SipCodec;

/**
 * A TCP stream from anybody, cut anyhow: the framer says the same whatever the pieces, and sees each message end where
 * the codec sees it end, so that nothing can be hidden between the two.
 */
public final class StreamFramerFuzz {
    private static final int LONGEST = 70_000;
    private static final int MOST_PIECES = 64;

    private StreamFramerFuzz() {}

    /** The first byte says how the rest is cut. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        byte[] rest = java.util.Arrays.copyOfRange(data, 1, data.length);
        byte[] stream = Swollen.of(rest, LONGEST);
        check(stream, data[0] & 0xFF);
    }

    private static void check(byte[] stream, int seed) {
        List<StreamFramer.Frame> whole = Cost.bounded(stream.length, () -> frames(stream, stream.length));
        List<String> said = whole.stream().map(StreamFramerFuzz::said).toList();
        int piece = Math.max(1 + seed, stream.length / MOST_PIECES);
        List<StreamFramer.Frame> pieces = Cost.bounded(stream.length, () -> frames(stream, piece));
        Holds.same(said, pieces.stream().map(StreamFramerFuzz::said).toList(), "frames, cut otherwise");
        if (stream.length < 512) {
            Holds.same(
                    said, frames(stream, 1).stream().map(StreamFramerFuzz::said).toList(), "frames, byte by byte");
        }
        whole.forEach(StreamFramerFuzz::checkEnd);
    }

    private static void checkEnd(StreamFramer.Frame frame) {
        if (!(frame instanceof StreamFramer.Frame.Whole whole)) {
            return;
        }
        byte[] bytes = whole.bytes().array();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (SipCodec.STRICT.decode(bytes) instanceof Decoded.Whole read) {
            int body = text.length() - text.indexOf("\r\n\r\n") - 4;
            Holds.same(body, read.message().body().length(), "length of a body, by framer and codec");
        }
    }

    private static List<StreamFramer.Frame> frames(byte[] stream, int piece) {
        EmbeddedChannel channel = new EmbeddedChannel(new StreamFramer(Unfinished.of(Limits.USUAL)));
        channel.config().setAllocator(UnpooledByteBufAllocator.DEFAULT); // a pool takes much the first time
        try {
            for (int at = 0; at < stream.length; at += piece) {
                int length = Math.min(piece, stream.length - at);
                channel.writeInbound(Unpooled.copiedBuffer(stream, at, length));
            }
            List<StreamFramer.Frame> frames = new ArrayList<>();
            for (Object frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
                frames.add((StreamFramer.Frame) frame);
            }
            return frames;
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    /** How much is given of what is broken depends on what has come. */
    private static String said(StreamFramer.Frame frame) {
        return switch (frame) {
            case StreamFramer.Frame.Whole whole ->
                "whole " + new String(whole.bytes().array(), StandardCharsets.ISO_8859_1);
            case StreamFramer.Frame.Broken broken -> "broken " + broken.status() + " " + broken.reason();
            case StreamFramer.Frame.Ping ping -> "ping";
        };
    }
}
