package org.callclear.app.machine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import org.callclear.app.stack.EmbeddedStack;
import org.callclear.clearinghouse.ClearinghouseConfig;
import org.callclear.gateways.GatewayConfig;
import org.callclear.proxy.ProxyConfig;
import org.callclear.schemas.avro.Gateway;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.settlement.SettlementConfig;
import org.callclear.settlement.stages.StoreKind;
import org.callclear.sip.call.Dial;
import org.callclear.sip.transport.SipTls;
import org.callclear.tokens.SigningKeySource;

/** How the parties of one machine are set up. */
final class Parties {
    static final String ISSUER = "callclear.local";
    private static final int MOST_GATEWAYS = 4;
    private static final Duration RINGING = Duration.ofSeconds(60);

    private final EmbeddedStack stack;

    Parties(EmbeddedStack stack) {
        this.stack = stack;
    }

    ClearinghouseConfig clearinghouse() {
        return new ClearinghouseConfig(
                stack.accessFor(Party.of(Party.Kind.CLEARINGHOUSE)),
                "ch1",
                ISSUER,
                new SigningKeySource.File(stack.tokenKeyStore(), stack.tokenKeyPasswordFile()),
                Duration.ofSeconds(60),
                Duration.ofHours(4),
                Duration.ofSeconds(10),
                Duration.ofSeconds(15));
    }

    GatewayConfig gateway(Gateway gateway, InetSocketAddress trunk) {
        GatewayId id = new GatewayId(gateway.getId());
        return new GatewayConfig(
                stack.accessFor(Party.gateway(id)),
                id,
                new CarrierId(gateway.getCarrier()),
                "g1",
                ISSUER,
                loopback(0),
                trunk,
                Dial.Transport.UDP,
                gateway.getChannels(),
                Duration.ofSeconds(1),
                RINGING,
                folder("gateway-" + id));
    }

    SettlementConfig settlement() {
        return new SettlementConfig(
                stack.accessFor(Party.of(Party.Kind.SETTLEMENT)),
                folder("settlement"),
                PeriodLength.MONTH,
                ZoneId.of("UTC"),
                2,
                SettlementConfig.COMMIT_INTERVAL,
                StoreKind.ON_DISK);
    }

    ProxyConfig proxy(CarrierId carrier, int port, int tlsPort, Path users) {
        KafkaAccess kafka = stack.accessFor(Party.proxyOf(carrier));
        KafkaAccess.Tls own = Objects.requireNonNull(kafka.tls());
        return new ProxyConfig(
                kafka,
                carrier,
                "p1",
                loopback(port),
                carrier + ".callclear.local",
                users,
                MOST_GATEWAYS,
                ProxyConfig.AUTHORIZATION_TIMEOUT,
                ProxyConfig.SETUP_TIMEOUT,
                RINGING,
                folder("proxy-" + carrier),
                SipTls.of(loopback(tlsPort), own.identity()));
    }

    private Path folder(String party) {
        return stack.data().resolve("parties").resolve(party);
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
