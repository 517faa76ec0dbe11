package org.callclear.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamFramerTest {
    private static final String MESSAGE = "OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 4\r\n\r\nbody";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 1_000})
    void aPingIsOneHoweverItIsCut(int piece) {
        assertThat(frames("\r\n\r\n" + MESSAGE + "\r\n\r\n", piece)).containsExactly("ping", "whole", "ping");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 1_000})
    void aSingleLineEndIsNoPingHoweverItIsCut(int piece) {
        assertThat(frames("\r\n" + MESSAGE + "\r\n", piece)).containsExactly("whole");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 30_000, 100_000})
    void aHeadThatIsTooLongEndsTheConnectionHoweverItIsCut(int piece) {
        String message = "OPTIONS sip:a@b SIP/2.0\r\n" + "Subject: abcdefghijklmnop\r\n".repeat(1_500)
                + "Content-Length: 0\r\n\r\n";

        assertThat(frames(message + MESSAGE, piece)).containsExactly("broken 513");
    }

    @Test
    void aHeadOfTheGreatestLengthIsTaken() {
        String head = "OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 0\r\nSubject: ";
        String message = head + "s".repeat(32_768 - head.length() - 4) + "\r\n\r\n";

        assertThat(frames(message, 100_000)).containsExactly("whole");
        assertThat(frames(message.replaceFirst("s\r", "ss\r"), 100_000)).containsExactly("broken 513");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r\n\r", "\r"})
    void aLineEndBetweenMessagesIsASignOfLifeAndNoMessageThatMustEnd(String signOfLife) {
        assertThat(waited(MESSAGE, signOfLife)).isEmpty();
        assertThat(waited(MESSAGE + signOfLife)).isEmpty();
        assertThat(waited(MESSAGE, signOfLife, "O")).containsExactly(Shut.SLOW);
        assertThat(waited(MESSAGE, "O", "PTIONS sip:a@b SIP/2.0\r\nContent-Length: 4\r\n\r\n", "\r\n"))
                .containsExactly(Shut.SLOW);
    }

    /** What is told up the pipeline when these pieces come and then nothing for longer than a message may take. */
    private static List<Object> waited(String... pieces) {
        List<Object> told = new ArrayList<>();
        EmbeddedChannel channel =
                new EmbeddedChannel(new StreamFramer(Unfinished.of(Limits.USUAL)), new ChannelInboundHandlerAdapter() {
                    @Override
                    public void userEventTriggered(ChannelHandlerContext context, Object event) {
                        told.add(event);
                    }
                });
        channel.freezeTime();
        for (String piece : pieces) {
            channel.writeInbound(Unpooled.copiedBuffer(piece, StandardCharsets.ISO_8859_1));
        }
        channel.advanceTimeBy(Limits.USUAL.messages().within().toSeconds() + 1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        channel.finishAndReleaseAll();
        return told;
    }

    private static List<String> frames(String stream, int piece) {
        EmbeddedChannel channel = new EmbeddedChannel(new StreamFramer(Unfinished.of(Limits.USUAL)));
        byte[] bytes = stream.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < bytes.length; at += piece) {
            channel.writeInbound(Unpooled.copiedBuffer(bytes, at, Math.min(piece, bytes.length - at)));
        }
        List<String> frames = new ArrayList<>();
        for (Object frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            frames.add(
                    switch ((StreamFramer.Frame) frame) {
                        case StreamFramer.Frame.Whole whole -> "whole";
                        case StreamFramer.Frame.Broken broken -> "broken " + broken.status();
                        case StreamFramer.Frame.Ping ping -> "ping";
                    });
        }
        channel.finishAndReleaseAll();
        return frames;
    }
}
