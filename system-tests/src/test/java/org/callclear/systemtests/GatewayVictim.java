package org.callclear.systemtests;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.callclear.gateways.GatewayConfig;
import org.callclear.gateways.GatewayServer;
import org.callclear.gateways.UsedTokens;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.sip.call.Dial;

/**
 * One gateway instance as a process that a test kills: {@code BOOTSTRAP REGISTRY TRUSTED IDENTITY GATEWAY INSTANCE
 * PSTN-PORT DATA}.
 */
final class GatewayVictim {
    private GatewayVictim() {}

    public static void main(String[] args) throws Exception {
        KafkaAccess access = new KafkaAccess(args[0], args[1], new KafkaAccess.Tls(Path.of(args[2]), Path.of(args[3])));
        int port = Integer.parseInt(args[6]);
        GatewayServer server = GatewayServer.start(config(
                access,
                new GatewayId(args[4]),
                args[5],
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                Path.of(args[7])));
        System.out.println("READY");
        server.ended().get();
    }

    static GatewayConfig config(
            KafkaAccess access, GatewayId gateway, String instance, InetSocketAddress pstn, Path data) {
        return new GatewayConfig(
                access,
                gateway,
                java.util.Objects.requireNonNull(World.DIRECTORY.gateways().get(gateway)),
                instance,
                World.ISSUER,
                WholeSystem.loopback(),
                pstn,
                Dial.Transport.UDP,
                5_000,
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                data,
                new UsedTokens(UsedTokens.Place.TOPIC, Duration.ofSeconds(10), 100_000),
                null);
    }
}
