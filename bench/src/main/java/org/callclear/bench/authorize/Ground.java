package org.callclear.bench.authorize;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.callclear.app.keys.KeyLife;
import org.callclear.app.keys.KeyUse;
import org.callclear.app.machine.SampleData;
import org.callclear.app.reference.ReferenceWriter;
import org.callclear.app.stack.EmbeddedStack;
import org.callclear.app.stack.StackPorts;
import org.callclear.app.topics.TopicApplier;
import org.callclear.bench.harness.TemporaryFolder;
import org.callclear.gateways.GatewayConfig;
import org.callclear.gateways.GatewayServer;
import org.callclear.gateways.UsedTokens;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.sip.call.Dial;
import org.callclear.tokens.SigningKeySource;

/** The embedded stack with the sample carriers, three of whose gateways run and serve Germany; and two topics for each echo. */
final class Ground implements AutoCloseable {
    static final String ISSUER = "callclear.local";
    static final CarrierId CALLER = new CarrierId("acme");
    static final Echo SIGNING = new Echo(3);
    static final Echo BARE = new Echo(0);

    private static final List<String> GATEWAYS = List.of("zenith-1", "zenith-2", "lumen-1");
    private static final int PARTITIONS = 4;

    private final Path folder;
    private final EmbeddedStack stack;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private Ground(Path folder, EmbeddedStack stack) {
        this.folder = folder;
        this.stack = stack;
    }

    static Ground prepare() {
        Path folder = TemporaryFolder.make().path();
        EmbeddedStack stack = EmbeddedStack.start(folder.resolve("stack"), StackPorts.REMEMBERED, line -> {});
        Ground ground = new Ground(folder, stack);
        try {
            ground.fill();
        } catch (RuntimeException | Error e) {
            ground.close();
            throw e;
        }
        return ground;
    }

    Path folder() {
        return folder;
    }

    KafkaAccess accessFor(Party party) {
        return stack.accessFor(party);
    }

    SigningKeySource.File tokenKeys() {
        return new SigningKeySource.File(stack.tokenKeyStore(), stack.tokenKeyPasswordFile());
    }

    private void fill() {
        SampleData.Import sample = SampleData.intoNothing(Instant.now().truncatedTo(ChronoUnit.MILLIS));
        KafkaAccess setup = accessFor(Party.of(Party.Kind.SETUP));
        try (TopicApplier applier = TopicApplier.open(setup)) {
            applier.apply(sample.known().directory(), line -> {});
        }
        unlimited(setup);
        KafkaAccess administration = accessFor(Party.of(Party.Kind.ADMINISTRATION));
        try (ReferenceWriter writer = ReferenceWriter.open(administration)) {
            writer.write(sample.update());
        }
        new KeyLife(administration, KeyUse.TOKENS, Clock.systemUTC()).publish(tokenKeys());
        for (String gateway : GATEWAYS) {
            opened.push(GatewayServer.start(gateway(new GatewayId(gateway))));
        }
    }

    private GatewayConfig gateway(GatewayId id) {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        return new GatewayConfig(
                accessFor(Party.gateway(id)),
                id,
                new CarrierId(id.value().substring(0, id.value().indexOf('-'))),
                "g1",
                ISSUER,
                free,
                nobody,
                Dial.Transport.UDP,
                100_000,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                folder.resolve(id.value()),
                UsedTokens.USUAL,
                null);
    }

    /** The echoes' topics; and no quota for anybody: what is measured is how much can be done, not how much may. */
    private static void unlimited(KafkaAccess setup) {
        try (Admin admin = Admin.create(setup.clientSettings())) {
            admin.createTopics(Stream.of(SIGNING, BARE)
                            .flatMap(echo -> Stream.of(echo.requests(), echo.responses()))
                            .map(name -> new NewTopic(name, PARTITIONS, (short) 1).configs(Map.of()))
                            .toList())
                    .all()
                    .get();
            Quotas.lift(admin);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker refused: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        opened.forEach(Ground::closeQuietly);
        stack.close();
        TemporaryFolder.remove(folder);
    }

    private static void closeQuietly(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) { // The rest must be closed all the same.
            System.err.println("not closed well: " + e);
        }
    }
}
