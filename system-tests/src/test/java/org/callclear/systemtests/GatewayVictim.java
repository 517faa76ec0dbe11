package org.callclear.systemtests;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.callclear.gateways.GatewayConfig;
import org.callclear.gateways.GatewayServer;
import org.callclear.gateways.UsedTokens;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.sip.call.Dial;

/**
 * One gateway instance as a process that a test kills: {@code BOOTSTRAP REGISTRY TRUSTED IDENTITY GATEWAY INSTANCE
 * PSTN-PORT DATA}.
 */
final class GatewayVictim {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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

    /**
     * Starts an instance and waits until it serves.
     *
     * @param directory for its log and its data, which an instance of the same name finds again
     */
    static ChildProcess start(Ground ground, GatewayId gateway, String instance, InetSocketAddress pstn, Path directory)
            throws IOException {
        KafkaAccess access = ground.accessFor(Party.gateway(gateway));
        KafkaAccess.Tls tls = Objects.requireNonNull(access.tls());
        ChildProcess child = ChildProcess.start(
                GatewayVictim.class,
                directory,
                access.bootstrapServers(),
                access.registryUrl(),
                tls.trusted().toString(),
                tls.identity().toString(),
                gateway.value(),
                instance,
                Integer.toString(pstn.getPort()),
                directory.resolve(instance).toString());
        await().atMost(PATIENCE).until(() -> {
            child.requireAlive();
            return Files.readString(child.log()).contains("READY");
        });
        return child;
    }

    static GatewayConfig config(
            KafkaAccess access, GatewayId gateway, String instance, InetSocketAddress pstn, Path data) {
        return new GatewayConfig(
                access,
                gateway,
                Objects.requireNonNull(World.DIRECTORY.gateways().get(gateway)),
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
