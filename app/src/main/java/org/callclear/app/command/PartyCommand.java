package org.callclear.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.callclear.app.config.Configurations;
import org.callclear.app.config.Configurations.Placed;
import org.callclear.app.keys.StatementKeys;
import org.callclear.app.metrics.Metering;
import org.callclear.clearinghouse.Clearinghouse;
import org.callclear.clearinghouse.ClearinghouseConfig;
import org.callclear.gateways.GatewayConfig;
import org.callclear.gateways.GatewayServer;
import org.callclear.gateways.pstn.SimulatedPstn;
import org.callclear.metrics.Meters;
import org.callclear.proxy.Proxy;
import org.callclear.proxy.ProxyConfig;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Directory;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.Settlement;
import org.callclear.settlement.SettlementConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code proxy}, {@code clearinghouse}, {@code gateway}, {@code settlement} and {@code pstn}: one party. */
abstract class PartyCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Lifetime lifetime;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "YAML file; see docs/configuration.md")
    private @Nullable Path config;

    @Option(names = "--json", description = "print the READY line's facts as JSON")
    private boolean json;

    PartyCommand(Terminal terminal, Lifetime lifetime) {
        this.terminal = terminal;
        this.lifetime = lifetime;
    }

    /** A party that runs, and what the READY line says of it. */
    record Running(AutoCloseable party, Map<String, String> facts, CompletableFuture<Void> ended) {}

    /** Starts the party; on return it serves. */
    abstract Running start(Path file, Metering metering);

    @Override
    public Integer call() throws Exception {
        Path file = Objects.requireNonNull(config);
        try (Metering metering = Metering.at(Configurations.metrics(file))) {
            Running running = start(file, metering);
            metering.url().ifPresent(url -> running.facts().put("metrics", url));
            serve(running);
        }
        return 0;
    }

    private void serve(Running running) throws Exception {
        try {
            terminal.print("READY " + ready(running.facts()));
            CompletableFuture<String> died = new CompletableFuture<>();
            var unused = running.ended().whenComplete((nothing, failure) -> {
                if (failure != null) {
                    died.complete(Failures.rootOf(failure));
                }
            });
            lifetime.await(died);
        } finally {
            running.party().close();
        }
    }

    private String ready(Map<String, String> facts) {
        if (json) {
            return new ObjectMapper().valueToTree(facts).toString();
        }
        StringBuilder words = new StringBuilder();
        facts.forEach(
                (key, value) -> words.append(key).append('=').append(value).append(' '));
        return words.toString().stripTrailing();
    }

    private static Map<String, String> facts(String party, String name, @Nullable InetSocketAddress sip) {
        Map<String, String> facts = new TreeMap<>(Map.of("party", party, "name", name));
        if (sip != null) {
            facts.put("sip", sip.getAddress().getHostAddress() + ":" + sip.getPort());
        }
        return facts;
    }

    private static String unknown(String place, String kind, Object name) {
        return place + ": " + kind + " '" + name + "': not in the reference data, or this certificate is not its own";
    }

    private static Directory only(CarrierId carrier, SortedMap<GatewayId, CarrierId> gateways) {
        return new Directory(new TreeSet<>(Set.of(carrier)), gateways);
    }

    /** {@code proxy}. */
    @picocli.CommandLine.Command(name = "proxy", description = "Runs one proxy of an originating carrier.")
    static final class OfProxy extends PartyCommand {
        OfProxy(Terminal terminal, Lifetime lifetime) {
            super(terminal, lifetime);
        }

        @Override
        Running start(Path file, Metering metering) {
            Placed<ProxyConfig> placed = Configurations.proxy(file);
            ProxyConfig config = placed.config();
            ClusterCheck.reach(
                    config.kafka(),
                    Topic.AUTHORIZATION_REQUESTS.of(config.carrier()),
                    unknown(placed.place().apply("carrier"), "carrier", config.carrier()));
            ClusterCheck.requireMadeOutTo(config.kafka(), Party.proxyOf(config.carrier()));
            RightsCheck.require(
                    config.kafka(), Party.proxyOf(config.carrier()), only(config.carrier(), new TreeMap<>()));
            String name = config.carrier() + "/" + config.instance();
            Proxy proxy = Proxy.start(config, metering.of("proxy", name));
            Map<String, String> facts = facts("proxy", name, proxy.sipAddress());
            @Nullable InetSocketAddress tls = proxy.sipTlsAddress();
            if (tls != null) {
                facts.put("sips", tls.getAddress().getHostAddress() + ":" + tls.getPort());
            }
            return new Running(proxy, facts, proxy.ended());
        }
    }

    /** {@code clearinghouse}. */
    @picocli.CommandLine.Command(name = "clearinghouse", description = "Runs one instance of the clearinghouse.")
    static final class OfClearinghouse extends PartyCommand {
        OfClearinghouse(Terminal terminal, Lifetime lifetime) {
            super(terminal, lifetime);
        }

        @Override
        Running start(Path file, Metering metering) {
            ClearinghouseConfig config = Configurations.clearinghouse(file).config();
            ClusterCheck.reach(config.kafka());
            ClusterCheck.requireMadeOutTo(config.kafka(), Party.of(Party.Kind.CLEARINGHOUSE));
            RightsCheck.require(config.kafka(), Party.of(Party.Kind.CLEARINGHOUSE), Directory.empty());
            Clearinghouse clearinghouse = Clearinghouse.start(config, metering.of("clearinghouse", config.instance()));
            return new Running(clearinghouse, facts("clearinghouse", config.instance(), null), clearinghouse.ended());
        }
    }

    /** {@code gateway}. */
    @picocli.CommandLine.Command(name = "gateway", description = "Runs one instance of a gateway.")
    static final class OfGateway extends PartyCommand {
        OfGateway(Terminal terminal, Lifetime lifetime) {
            super(terminal, lifetime);
        }

        @Override
        Running start(Path file, Metering metering) {
            Placed<GatewayConfig> placed = Configurations.gateway(file);
            GatewayConfig config = placed.config();
            ClusterCheck.reach(
                    config.kafka(),
                    Topic.SETUP_REQUESTS.of(config.gateway()),
                    unknown(placed.place().apply("gateway"), "gateway", config.gateway()));
            ClusterCheck.reach(
                    config.kafka(),
                    Topic.CDRS.of(config.carrier()),
                    unknown(placed.place().apply("carrier"), "carrier", config.carrier()));
            ClusterCheck.requireMadeOutTo(config.kafka(), Party.gateway(config.gateway()));
            RightsCheck.require(
                    config.kafka(),
                    Party.gateway(config.gateway()),
                    only(config.carrier(), new TreeMap<>(Map.of(config.gateway(), config.carrier()))));
            String name = config.gateway() + "/" + config.instance();
            GatewayServer gateway = GatewayServer.start(config, metering.of("gateway", name));
            return new Running(gateway, facts("gateway", name, gateway.sipAddress()), gateway.ended());
        }
    }

    /** {@code settlement}. */
    @picocli.CommandLine.Command(name = "settlement", description = "Runs one instance of settlement.")
    static final class OfSettlement extends PartyCommand {
        OfSettlement(Terminal terminal, Lifetime lifetime) {
            super(terminal, lifetime);
        }

        @Override
        Running start(Path file, Metering metering) {
            SettlementConfig config = Configurations.settlement(file).config();
            ClusterCheck.reach(config.kafka());
            ClusterCheck.requireMadeOutTo(config.kafka(), Party.of(Party.Kind.SETTLEMENT));
            RightsCheck.require(config.kafka(), Party.of(Party.Kind.SETTLEMENT), Directory.empty());
            Meters meters = metering.of("settlement", "settlement");
            Settlement settlement = Configurations.sealingKeys(file)
                    .map(keys -> Settlement.start(
                            config, StatementKeys.open(keys, config.kafka(), Clock.systemUTC()), meters))
                    .orElseGet(() -> Settlement.start(config, meters));
            return new Running(settlement, facts("settlement", "settlement", null), settlement.ended());
        }
    }

    /** {@code pstn}. */
    @picocli.CommandLine.Command(
            name = "pstn",
            description =
                    "Runs a simulated telephone network; the last two digits of a called number choose what happens.")
    static final class OfPstn extends PartyCommand {
        OfPstn(Terminal terminal, Lifetime lifetime) {
            super(terminal, lifetime);
        }

        @Override
        Running start(Path file, Metering metering) {
            SimulatedPstn pstn = SimulatedPstn.start(Configurations.pstn(file));
            return new Running(pstn, facts("pstn", "simulated", pstn.address()), new CompletableFuture<>());
        }
    }
}
