package org.callclear.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.callclear.clearinghouse.Clearinghouse;
import org.callclear.clearinghouse.ClearinghouseConfig;
import org.callclear.gateways.GatewayConfig;
import org.callclear.gateways.GatewayServer;
import org.callclear.proxy.Proxy;
import org.callclear.proxy.ProxyConfig;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Party;
import org.callclear.settlement.Settlement;
import org.callclear.settlement.SettlementConfig;
import org.callclear.settlement.stages.StoreKind;
import org.callclear.sip.call.Dial;
import org.callclear.tokens.SigningKeySource;

/** Every party of {@link World} in this JVM, on a given ground and a given PSTN. */
final class WholeSystem implements AutoCloseable {
    static final String USER = "alice";
    static final String PASSWORD = "correct-horse";
    static final String NUMBER = "493012345678";
    private static final Duration RINGING_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration AUTHORIZATION_TIMEOUT = Duration.ofSeconds(6);

    private final Ground ground;
    private final Path directory;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private Proxy proxy;

    /** Starts the parties, gateways first, as an operator would; the clearinghouse only if asked for. */
    @SuppressWarnings("NullAway.Init")
    WholeSystem(Ground ground, Path directory, InetSocketAddress pstn, boolean withClearinghouse) {
        this.ground = ground;
        this.directory = directory;
        try {
            World.publish(ground);
            Map<GatewayId, InetSocketAddress> trunks = new TreeMap<>();
            World.DIRECTORY.gateways().keySet().forEach(gateway -> trunks.put(gateway, pstn));
            startGateways(trunks);
            if (withClearinghouse) {
                running.push(Clearinghouse.start(clearinghouse()));
            }
            running.push(Settlement.start(settlement(), new TestSigner()));
            startProxy(RINGING_TIMEOUT);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /**
     * Starts what carries calls and nothing else, on reference data that is there already.
     *
     * @param trunks where the gateways of this JVM send calls; those that are not named run elsewhere
     * @param ringingTimeout of the proxy
     */
    @SuppressWarnings("NullAway.Init")
    WholeSystem(Ground ground, Path directory, Map<GatewayId, InetSocketAddress> trunks, Duration ringingTimeout) {
        this.ground = ground;
        this.directory = directory;
        try {
            startGateways(trunks);
            running.push(Clearinghouse.start(clearinghouse()));
            startProxy(ringingTimeout);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void startGateways(Map<GatewayId, InetSocketAddress> trunks) {
        trunks.forEach((id, pstn) -> running.push(GatewayServer.start(
                gateway(id, Objects.requireNonNull(World.DIRECTORY.gateways().get(id)), pstn))));
    }

    private void startProxy(Duration ringingTimeout) {
        proxy = Proxy.start(proxy(ringingTimeout));
        running.push(proxy);
    }

    /** Where phones call. */
    InetSocketAddress sipAddress() {
        return proxy.sipAddress();
    }

    Proxy runningProxy() {
        return proxy;
    }

    ClearinghouseConfig clearinghouse() {
        return new ClearinghouseConfig(
                ground.accessFor(Party.of(Party.Kind.CLEARINGHOUSE)),
                "ch1",
                World.ISSUER,
                new SigningKeySource.File(ground.tokenKeyStore(), ground.tokenKeyPasswordFile()),
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(15));
    }

    private GatewayConfig gateway(GatewayId id, CarrierId carrier, InetSocketAddress pstn) {
        return new GatewayConfig(
                ground.accessFor(Party.gateway(id)),
                id,
                carrier,
                "g1",
                World.ISSUER,
                loopback(),
                pstn,
                Dial.Transport.UDP,
                500,
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                directory.resolve("gateway-" + id));
    }

    private SettlementConfig settlement() {
        return new SettlementConfig(
                ground.accessFor(Party.of(Party.Kind.SETTLEMENT)),
                directory.resolve("settlement"),
                PeriodLength.MONTH,
                ZoneOffset.UTC,
                2,
                Duration.ofMillis(100),
                StoreKind.ON_DISK);
    }

    private ProxyConfig proxy(Duration ringingTimeout) {
        return new ProxyConfig(
                ground.accessFor(Party.proxyOf(World.ACME)),
                World.ACME,
                "p1",
                loopback(),
                "acme.example",
                usersFile(),
                3,
                AUTHORIZATION_TIMEOUT,
                Duration.ofSeconds(5),
                ringingTimeout,
                directory.resolve("proxy"));
    }

    private Path usersFile() {
        try {
            Path file = Files.createDirectories(directory).resolve("users.csv");
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, "username,password,number\n" + USER + "," + PASSWORD + "," + NUMBER + "\n");
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a party did not close", e);
            }
        }
    }
}
