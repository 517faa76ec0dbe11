package org.callclear.gateways;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.sip.call.Dial;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {
    private static final KafkaAccess KAFKA = new KafkaAccess("localhost:9092", "http://localhost:8081", null);
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final InetSocketAddress TRUNK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void whatIsInRangeIsTaken() {
        assertThatCode(() -> config("g1", "callclear", ANY_PORT, TRUNK, 1, SECOND, SECOND))
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        refused("-", "callclear", ANY_PORT, TRUNK, 1, SECOND, SECOND);
        refused("g1", " ", ANY_PORT, TRUNK, 1, SECOND, SECOND);
        refused("g1", "callclear", InetSocketAddress.createUnresolved("no.such", 1), TRUNK, 1, SECOND, SECOND);
        refused("g1", "callclear", ANY_PORT, ANY_PORT, 1, SECOND, SECOND);
        refused("g1", "callclear", ANY_PORT, TRUNK, 0, SECOND, SECOND);
        refused("g1", "callclear", ANY_PORT, TRUNK, 100_001, SECOND, SECOND);
        refused("g1", "callclear", ANY_PORT, TRUNK, 1, Duration.ofMillis(99), SECOND);
        refused("g1", "callclear", ANY_PORT, TRUNK, 1, SECOND, Duration.ofMinutes(11));
    }

    private static void refused(
            String instance,
            String issuer,
            InetSocketAddress listen,
            InetSocketAddress trunk,
            int channels,
            Duration heartbeat,
            Duration answerWithin) {
        assertThatThrownBy(() -> config(instance, issuer, listen, trunk, channels, heartbeat, answerWithin))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static GatewayConfig config(
            String instance,
            String issuer,
            InetSocketAddress listen,
            InetSocketAddress trunk,
            int channels,
            Duration heartbeat,
            Duration answerWithin) {
        return new GatewayConfig(
                KAFKA,
                GatewayWorld.GATEWAY,
                GatewayWorld.CARRIER,
                instance,
                issuer,
                listen,
                trunk,
                Dial.Transport.UDP,
                channels,
                heartbeat,
                answerWithin,
                Path.of("data"));
    }
}
