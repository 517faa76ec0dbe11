package org.callclear.app.machine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.callclear.app.config.Configurations;
import org.callclear.app.keys.KeyLife;
import org.callclear.app.keys.KeyUse;
import org.callclear.app.keys.StatementKeys;
import org.callclear.app.metrics.Metering;
import org.callclear.app.reference.ReferenceData;
import org.callclear.app.reference.ReferenceTopics;
import org.callclear.app.reference.ReferenceWriter;
import org.callclear.app.stack.EmbeddedStack;
import org.callclear.app.topics.TopicApplier;
import org.callclear.clearinghouse.Clearinghouse;
import org.callclear.clearinghouse.ClearinghouseConfig;
import org.callclear.gateways.GatewayConfig;
import org.callclear.gateways.GatewayServer;
import org.callclear.gateways.pstn.SimulatedPstn;
import org.callclear.proxy.Proxy;
import org.callclear.proxy.ProxyConfig;
import org.callclear.schemas.avro.Gateway;
import org.callclear.schemas.avro.PartyStatus;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.CallRates;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.settlement.Settlement;
import org.callclear.settlement.SettlementConfig;
import org.callclear.sip.call.Credentials;
import org.callclear.tokens.SigningKeySource;
import org.callclear.tokens.SigningUse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Broker, registry, clearinghouse, settlement, a gateway for each of the reference data, a simulated PSTN behind them
 * unless they are given a trunk, and a proxy for each carrier with a contract to originate: all in this JVM, all over
 * Kafka with their own certificates.
 */
public final class Machine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Machine.class);

    private final MachineSettings settings;
    private final Progress progress;
    private final EmbeddedStack stack;
    private final KafkaAccess administration;
    private final KafkaAccess setup;
    private final AutoCloseable log;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final SortedMap<CarrierId, Proxy> proxies = new ConcurrentSkipListMap<>();
    private final SortedMap<CarrierId, Path> callers = new TreeMap<>();
    private final CompletableFuture<String> died = new CompletableFuture<>();
    private final Metering metering;
    private int carriers;
    private boolean closed;

    private Machine(MachineSettings settings, Progress progress, EmbeddedStack stack, Metering metering) {
        this.settings = settings;
        this.progress = progress;
        this.stack = stack;
        this.metering = metering;
        this.administration = stack.accessFor(Party.of(Party.Kind.ADMINISTRATION));
        this.setup = stack.accessFor(Party.of(Party.Kind.SETUP));
        this.log = LogFile.in(stack.data(), LogFile.Kept.USUAL);
        watch(stack.died());
    }

    /**
     * Starts all of it; on return calls are served. A data directory without carriers gets the sample.
     *
     * @throws RuntimeException with one line for people, when a part cannot start; nothing is left running
     */
    public static Machine start(MachineSettings settings, Progress progress) {
        EmbeddedStack stack = progress.step(
                "broker and schema registry are up",
                () -> EmbeddedStack.start(settings.data(), settings.ports(), progress::say));
        Machine machine = new Machine(settings, progress, stack, metering(settings, stack));
        try {
            machine.startParties();
            RunningFile.write(
                    stack.data(),
                    machine.endpoints(),
                    machine.administration,
                    machine.setup,
                    machine.tokenKeys(),
                    machine.statementKeys());
            return machine;
        } catch (RuntimeException | Error e) {
            machine.close();
            throw e;
        }
    }

    private static Metering metering(MachineSettings settings, EmbeddedStack stack) {
        int port = settings.metricsPort() != 0
                ? settings.metricsPort()
                : RunningFile.lastMetricsPort(stack.data()).orElse(0);
        try {
            return Metering.at(Optional.of(Parties.loopback(port)));
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private void startParties() {
        // Not as the administration: without rules yet it would see no topic, and take the directory for a new one.
        ReferenceData there = ReferenceTopics.read(setup);
        boolean first = there.carriers().isEmpty();
        SampleData.Import sample = SampleData.intoNothing(Instant.now().truncatedTo(ChronoUnit.MILLIS));
        ReferenceData known = first ? sample.known() : there;
        CallRates rates = Configurations.rates(stack.data());
        try (Together together = new Together()) {
            together.run(() -> applyTopics(known, rates));
            together.run(() -> requireGoodIdentities(known));
        }
        carriers = known.carriers().size();
        Parties parties = new Parties(stack);
        try (Together together = new Together()) {
            Together.Task data = together.run(() -> {
                if (first) {
                    write(sample);
                }
            });
            Together.Task statementKeys = together.run(() -> publishKeys(KeyUse.STATEMENTS, statementKeys()));
            // Not both kinds of keys at once: a key that is kept for both uses is found by what the other's topic has.
            Together.Task tokenKeys = together.run(() -> publishKeys(KeyUse.TOKENS, tokenKeys()), data, statementKeys);
            // It takes longest to start, and needs no keys of tokens.
            together.run(() -> startSettlement(parties), data, statementKeys);
            startCallPath(parties, known, task -> together.run(task, tokenKeys));
        }
    }

    private void applyTopics(ReferenceData known, CallRates rates) {
        progress.step("topics, access rules, quotas and schemas are as the catalogue says", () -> {
            try (TopicApplier applier = TopicApplier.open(setup, rates)) {
                return applier.apply(known.directory(), line -> LOG.info("{}", line));
            }
        });
    }

    private void write(SampleData.Import sample) {
        try (ReferenceWriter writer = ReferenceWriter.open(administration)) {
            writer.write(sample.update());
        }
    }

    private void publishKeys(KeyUse use, SigningKeySource.File keys) {
        KeyLife.Published published = new KeyLife(administration, use, Clock.systemUTC()).publish(keys);
        if (!published.withheld().isEmpty()) {
            LOG.warn(
                    "keys {} of {}: what their topic says of them was deleted or cannot be read, so they may have been"
                            + " revoked; nothing is signed with them: `keys rotate` makes another",
                    published.withheld(),
                    keys.pkcs12());
        }
    }

    private SigningKeySource.File tokenKeys() {
        return new SigningKeySource.File(stack.tokenKeyStore(), stack.tokenKeyPasswordFile());
    }

    private SigningKeySource.File statementKeys() {
        return new SigningKeySource.File(
                stack.statementKeyStore(), stack.statementKeyPasswordFile(), SigningUse.STATEMENTS);
    }

    private void startCallPath(Parties parties, ReferenceData known, Consumer<Runnable> starter) {
        @Nullable InetSocketAddress wanted = settings.trunk();
        InetSocketAddress trunk = wanted != null ? wanted : simulatedPstn();
        List<CarrierId> originating = originating(known);
        for (CarrierId carrier : originating) {
            callers.put(carrier, Subscribers.file(stack.data(), carrier, new SecureRandom()));
        }
        starter.accept(() -> startClearinghouse(parties));
        active(known).forEach(gateway -> starter.accept(() -> startGateway(parties, gateway, trunk)));
        int port = settings.sipPort();
        int tlsPort = settings.sipsPort();
        for (CarrierId carrier : originating) {
            int sip = port;
            int sips = tlsPort;
            starter.accept(() -> startProxy(parties, carrier, sip, sips));
            port = 0;
            tlsPort = 0;
        }
    }

    /** Nobody starts when one of them may not: its certificate was revoked, or others may read its key. */
    private void requireGoodIdentities(ReferenceData known) {
        stack.accessFor(Party.of(Party.Kind.SETTLEMENT));
        stack.accessFor(Party.of(Party.Kind.CLEARINGHOUSE));
        active(known).forEach(gateway -> stack.accessFor(Party.gateway(new GatewayId(gateway.getId()))));
        originating(known).forEach(carrier -> stack.accessFor(Party.proxyOf(carrier)));
    }

    private static List<Gateway> active(ReferenceData known) {
        return known.gateways().values().stream()
                .filter(gateway -> gateway.getStatus() == PartyStatus.ACTIVE)
                .toList();
    }

    private InetSocketAddress simulatedPstn() {
        return keep(SimulatedPstn.start(Parties.loopback(0))).address();
    }

    private static List<CarrierId> originating(ReferenceData known) {
        return known.contracts().values().stream()
                .filter(contract -> contract.getSide() == Role.ORIGINATING)
                .map(contract -> new CarrierId(contract.getCarrier()))
                .distinct()
                .sorted()
                .toList();
    }

    private void startSettlement(Parties parties) {
        Settlement settlement = progress.step("settlement is up", () -> keep(startedSettlement(parties.settlement())));
        watchParty(settlement.ended());
    }

    private Settlement startedSettlement(SettlementConfig config) {
        return Settlement.start(
                config,
                StatementKeys.open(statementKeys(), config.kafka(), Clock.systemUTC()),
                metering.of("settlement", "settlement"));
    }

    private void startClearinghouse(Parties parties) {
        ClearinghouseConfig config = parties.clearinghouse();
        Clearinghouse clearinghouse = progress.step(
                "clearinghouse is up",
                () -> keep(Clearinghouse.start(config, metering.of("clearinghouse", config.instance()))));
        watchParty(clearinghouse.ended());
    }

    private void startGateway(Parties parties, Gateway gateway, InetSocketAddress trunk) {
        GatewayConfig config = parties.gateway(gateway, trunk);
        GatewayServer server = progress.step(
                "gateway " + gateway.getId() + " is up",
                () -> keep(GatewayServer.start(
                        config, metering.of("gateway", config.gateway() + "/" + config.instance()))));
        watchParty(server.ended());
    }

    private void startProxy(Parties parties, CarrierId carrier, int port, int tlsPort) {
        int wanted = portOr(port, "sip", carrier);
        int wantedForTls = portOr(tlsPort, "sips", carrier);
        Path users = java.util.Objects.requireNonNull(callers.get(carrier));
        ProxyConfig config = parties.proxy(carrier, wanted, wantedForTls, users);
        Proxy proxy = progress.step(
                "proxy of " + carrier + " is up",
                () -> keep(Proxy.start(config, metering.of("proxy", carrier + "/" + config.instance()))));
        proxies.put(carrier, proxy);
        watchParty(proxy.ended());
    }

    private int portOr(int port, String endpoint, CarrierId carrier) {
        return port != 0
                ? port
                : RunningFile.lastPort(stack.data(), endpoint, carrier.value()).orElse(0);
    }

    private synchronized <T extends AutoCloseable> T keep(T party) {
        running.push(party);
        return party;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing comes after it
    private void watch(CompletableFuture<String> end) {
        end.thenAccept(died::complete);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing comes after it
    private void watchParty(CompletableFuture<Void> end) {
        end.whenComplete((nothing, failure) -> {
            if (failure != null) {
                died.complete(String.valueOf(failure.getMessage()));
            }
        });
    }

    /** Done when a part stopped by itself, with one line that says why. */
    public CompletableFuture<String> died() {
        return died;
    }

    /** The way in of the administration, who may see the books and the reference data. */
    public KafkaAccess administration() {
        return administration;
    }

    /** How many carriers there were at the start. */
    public int carriers() {
        return carriers;
    }

    /** Where callers of a carrier reach its proxy. */
    public InetSocketAddress sipAddress(CarrierId carrier) {
        return proxy(carrier).sipAddress();
    }

    private Proxy proxy(CarrierId carrier) {
        @Nullable Proxy proxy = proxies.get(carrier);
        if (proxy == null) {
            throw new MachineException("no proxy of carrier '" + carrier + "' runs here");
        }
        return proxy;
    }

    /** What a caller of a carrier answers a digest challenge with. */
    public Credentials caller(CarrierId carrier) {
        Path file = callers.get(carrier);
        if (file == null) {
            throw new MachineException("no proxy of carrier '" + carrier + "' runs here");
        }
        return Subscribers.first(file);
    }

    /** Where everything listens, for people and programs. */
    public ObjectNode endpoints() {
        ObjectNode endpoints = JsonNodeFactory.instance.objectNode();
        endpoints.put("kafka", stack.bootstrapServers());
        endpoints.put("registry", stack.registryUrl());
        ObjectNode sip = endpoints.putObject("sip");
        ObjectNode sips = endpoints.putObject("sips");
        proxies.forEach((carrier, proxy) -> {
            sip.put(carrier.value(), text(proxy.sipAddress()));
            @Nullable InetSocketAddress tls = proxy.sipTlsAddress();
            if (tls != null) {
                sips.put(carrier.value(), text(tls));
            }
        });
        ObjectNode files = endpoints.putObject("callers");
        callers.forEach((carrier, file) -> files.put(carrier.value(), file.toString()));
        metering.url().ifPresent(url -> endpoints.put(RunningFile.METRICS, url));
        endpoints.put("data", stack.data().toString());
        return endpoints;
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** Ends calls and closes all, parties first. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (Together together = new Together()) {
            proxies.values().forEach(proxy -> together.run(proxy::close));
        } catch (RuntimeException e) {
            LOG.warn("a proxy did not close cleanly", e);
        }
        try (Together together = new Together()) {
            running.forEach(party -> together.run(() -> close(party)));
        } finally {
            running.clear();
            metering.close();
            stack.close();
            close(log);
        }
    }

    private static void close(AutoCloseable party) {
        try {
            party.close();
        } catch (Exception e) { // The others must be closed all the same.
            LOG.warn("{} did not close cleanly", party.getClass().getSimpleName(), e);
        }
    }
}
