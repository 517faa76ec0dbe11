package org.callclear.sip.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DatagramReaderTest {
    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060);
    private static final int MANY = 100;

    private final Heard heard = new Heard();
    private final EmbeddedChannel channel = new EmbeddedChannel(new DatagramReader(heard));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void allThatCameTogetherIsDealtWithInTurnsBetweenWhichOtherTasksRun() {
        for (int i = 0; i < MANY; i++) {
            channel.pipeline().fireChannelRead(packet("BYE " + i));
        }
        assertThat(heard.messages).as("before all are taken in").isEmpty();
        List<Integer> dealtWith = new ArrayList<>();
        heard.atFirst = () -> channel.eventLoop().execute(() -> dealtWith.add(heard.messages.size()));
        channel.pipeline().fireChannelReadComplete();
        channel.runPendingTasks();

        assertThat(heard.messages).hasSize(MANY).startsWith("BYE 0", "BYE 1").endsWith("BYE " + (MANY - 1));
        assertThat(dealtWith)
                .as("when another task had its turn")
                .singleElement()
                .satisfies(some -> assertThat(some).isBetween(1, MANY - 1));
        channel.pipeline().fireChannelRead(packet("BYE last"));
        channel.pipeline().fireChannelReadComplete();
        assertThat(heard.messages).as("it goes on with what comes later").endsWith("BYE last");
    }

    @Test
    void callsUnderWayComeBeforeNewOnesOfTheSameMoment() {
        channel.pipeline().fireChannelRead(packet("INVITE a"));
        channel.pipeline().fireChannelRead(packet("ACK b"));
        channel.pipeline().fireChannelReadComplete();

        assertThat(heard.messages).containsExactly("ACK b", "INVITE a");
    }

    @Test
    void aMessageThatCannotBeHandledTakesNoOtherWithIt() {
        channel.pipeline().fireChannelRead(packet("fault"));
        channel.pipeline().fireChannelRead(packet("BYE a"));
        channel.pipeline().fireChannelReadComplete();

        assertThat(heard.messages).containsExactly("BYE a");
        assertThat(channel.isOpen()).isTrue();
    }

    private static DatagramPacket packet(String message) {
        return new DatagramPacket(Unpooled.copiedBuffer(message, US_ASCII), HERE, HERE);
    }

    private static final class Heard implements Receiver {
        final List<String> messages = new ArrayList<>();
        Runnable atFirst = () -> {};

        @Override
        public void received(Hop source, byte[] message) {
            String text = new String(message, US_ASCII);
            if (text.equals("fault")) {
                throw new IllegalStateException("as a bug would");
            }
            messages.add(text);
            if (messages.size() == 1) {
                atFirst.run();
            }
        }

        @Override
        public void broken(Hop source, byte[] head, int status, String reason) {}

        @Override
        public void forgotten() {}

        @Override
        public void shut(Hop source, Shut why) {}
    }
}
