package org.callclear.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.callclear.sip.call.Dial;
import org.junit.jupiter.api.Test;

/** What waits for peers that do not read. */
class UnsentTest {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060);
    private static final Network GREEDY = new Network(4, 1);
    private static final Network HONEST = new Network(4, 2);

    private final Unsent unsent = new Unsent(new Shares<>(10_000, 10_000), 1_000);
    private final AtomicInteger failed = new AtomicInteger();

    /** Its peer's window is shut: nothing that is written leaves. */
    private static final class Stuck extends EmbeddedChannel {
        Stuck(ChannelHandler... handlers) {
            super(handlers);
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return PEER;
        }

        @Override
        protected void doWrite(ChannelOutboundBuffer in) {}
    }

    private Connection with(Network peer, EmbeddedChannel channel) {
        Connection connection = new Connection(unsent, peer);
        connection.opened(channel);
        return connection;
    }

    private void send(Connection connection, int bytes) {
        connection.send(new byte[bytes], failed::incrementAndGet);
    }

    @Test
    void aPeerThatDoesNotReadIsClosedAndWhatWaitedForItIsGivenBack() {
        EmbeddedChannel channel = new Stuck();
        Connection connection = with(GREEDY, channel);
        send(connection, 600);
        assertThat(unsent.bytes().inAll()).isEqualTo(600);
        send(connection, 401);

        assertThat(connection.isUsable()).isFalse();
        assertThat(channel.isOpen()).isFalse();
        assertThat(failed).hasValue(2);
        assertThat(unsent.bytes().inAll()).isZero();
    }

    @Test
    void thePeerOfManyConnectionsHoldsNoMoreThanItsShareOfAll() {
        for (int i = 0; i < 100; i++) {
            send(with(GREEDY, new Stuck()), 500);
        }
        assertThat(unsent.bytes().held(GREEDY)).isEqualTo(5_000);
        assertThat(failed).hasValue(90);

        send(with(HONEST, new Stuck()), 1_000);
        assertThat(failed).hasValue(90);
    }

    @Test
    void whatWaitsForAConnectionToBeOpenedIsBoundedToo() {
        Connection connection = new Connection(unsent, HONEST);
        send(connection, 600);
        send(connection, 401);
        assertThat(failed).hasValue(1);
        assertThat(unsent.bytes().held(HONEST)).isEqualTo(600);
        connection.refused();

        assertThat(failed).hasValue(2);
        assertThat(unsent.bytes().inAll()).isZero();
    }

    @Test
    void whatHasLeftHoldsNothing() {
        EmbeddedChannel reading = new EmbeddedChannel();
        Connection connection = new Connection(unsent, HONEST);
        send(connection, 900);
        connection.opened(reading);
        for (int i = 0; i < 100; i++) {
            send(connection, 900);
        }

        assertThat(reading.outboundMessages()).hasSize(101);
        assertThat(failed).hasValue(0);
        assertThat(unsent.bytes().inAll()).isZero();
        reading.finishAndReleaseAll();
    }

    /** An answer to a ping is two bytes, and as many bytes of bookkeeping as any message. */
    @Test
    void onePingAtATimeIsAnswered() {
        EmbeddedChannel channel = new Stuck(StreamReader.initializer(
                Dial.Transport.TCP,
                all -> true,
                new Deaf(),
                Limits.USUAL,
                Unfinished.of(Limits.USUAL),
                all -> List.of()));
        for (int i = 0; i < 1_000; i++) {
            channel.writeInbound(Unpooled.copiedBuffer("\r\n\r\n", StandardCharsets.US_ASCII));
        }

        assertThat(channel.unsafe().outboundBuffer().size()).isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    private static final class Deaf implements Receiver {
        @Override
        public void forgotten() {}

        @Override
        public void received(Hop source, byte[] message) {}

        @Override
        public void broken(Hop source, byte[] head, int status, String reason) {}

        @Override
        public void shut(Hop source, Shut why) {}
    }
}
