package org.callclear.app.config;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.callclear.clearinghouse.ClearinghouseConfig;
import org.callclear.gateways.GatewayConfig;
import org.callclear.gateways.UsedTokens;
import org.callclear.proxy.ProxyConfig;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.CallRates;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.settlement.SettlementConfig;
import org.callclear.settlement.stages.StoreKind;
import org.callclear.sip.call.Dial;
import org.callclear.sip.transport.SipTls;
import org.callclear.tokens.SigningKeySource;
import org.callclear.tokens.SigningUse;
import org.jspecify.annotations.Nullable;

/**
 * The configuration files of the parties. Every method reads one file and
 *
 * <p>throws {@link ConfigException} at its first fault.
 */
public final class Configurations {
    private static final String QUOTAS = "quotas.yaml";
    private static final int USUAL_CHANNELS = 500;

    /** Of the administration's file, what only some commands use. */
    private static final List<String> OF_TOKEN_KEYS =
            List.of("tokenKeyStore", "tokenKeyPasswordFile", "tokenKeyPkcs11");

    private static final List<String> OF_STATEMENT_KEYS = List.of("statementKeyStore", "statementKeyPasswordFile");

    /** Of a party's file, what is not the party's own. */
    private static final List<String> OF_METRICS = List.of("metrics");

    private static final List<String> OF_SETUP = List.of("setup", "quotas");

    private Configurations() {}

    /** A configuration, and where in its file a field stands, for faults that only the running system shows. */
    public record Placed<T>(T config, Function<String, String> place) {}

    /** {@code proxy --config}. */
    public static Placed<ProxyConfig> proxy(Path file) {
        Section root = Section.of(file);
        ProxyConfig config = root.make(() -> new ProxyConfig(
                kafka(root.section("kafka")),
                root.value("carrier", CarrierId::new),
                root.text("instance"),
                root.address("listen"),
                root.text("realm"),
                root.path("usersFile", true),
                root.number("maxGateways", 4),
                root.duration("authorizationTimeout", ProxyConfig.AUTHORIZATION_TIMEOUT),
                root.duration("setupTimeout", ProxyConfig.SETUP_TIMEOUT),
                root.duration("ringingTimeout", ProxyConfig.RINGING_TIMEOUT),
                root.path("data", false),
                callersTls(root.optionalSection("sipTls"))));
        return placed(root, file, config);
    }

    /** {@code clearinghouse --config}. */
    public static Placed<ClearinghouseConfig> clearinghouse(Path file) {
        Section root = Section.of(file);
        ClearinghouseConfig config = root.make(() -> new ClearinghouseConfig(
                kafka(root.section("kafka")),
                root.text("instance"),
                root.text("issuer"),
                tokenKeys(root),
                root.duration("tokenLifetime", Duration.ofSeconds(60)),
                root.duration("maxCallDuration", Duration.ofHours(4)),
                root.duration("gatewayAliveWithin", Duration.ofSeconds(10)),
                root.duration("requestMaxAge", Duration.ofSeconds(15))));
        return placed(root, file, config);
    }

    /** {@code gateway --config}. */
    public static Placed<GatewayConfig> gateway(Path file) {
        Section root = Section.of(file);
        GatewayConfig config = root.make(() -> new GatewayConfig(
                kafka(root.section("kafka")),
                root.value("gateway", GatewayId::new),
                root.value("carrier", CarrierId::new),
                root.text("instance"),
                root.text("issuer"),
                root.address("listen"),
                root.address("trunk"),
                root.value("trunkTransport", word(Dial.Transport.class), Dial.Transport.UDP),
                root.number("channels", USUAL_CHANNELS),
                root.duration("heartbeat", Duration.ofSeconds(1)),
                root.duration("answerWithin", Duration.ofMinutes(2)),
                root.path("data", false),
                new UsedTokens(
                        root.value("usedTokens", word(UsedTokens.Place.class), UsedTokens.USUAL.keptIn()),
                        root.duration("usedTokensConfirmWithin", UsedTokens.USUAL.confirmWithin()),
                        root.number("usedTokensMost", UsedTokens.USUAL.most())),
                trunkTls(root.optionalSection("sipTls"), root)));
        return placed(root, file, config);
    }

    /** {@code settlement --config}. */
    public static Placed<SettlementConfig> settlement(Path file) {
        Section root = Section.of(file);
        SettlementConfig config = root.make(() -> new SettlementConfig(
                kafka(root.section("kafka")),
                root.path("stateDirectory", false),
                root.value("periodLength", word(PeriodLength.class), PeriodLength.MONTH),
                root.value("zone", ZoneId::of, ZoneId.of("UTC")),
                root.number("threads", 2),
                root.duration("commitInterval", SettlementConfig.COMMIT_INTERVAL),
                root.value("stores", word(StoreKind.class), StoreKind.ON_DISK)));
        root.leave(OF_STATEMENT_KEYS);
        return placed(root, file, config);
    }

    /**
     * The same file: where the keys are that sign statements. Empty when this instance has none, and leaves statements for
     * another to seal.
     */
    public static Optional<SigningKeySource.File> sealingKeys(Path file) {
        Section root = Section.of(file);
        return OF_STATEMENT_KEYS.stream().anyMatch(root::has)
                ? Optional.of(statementKeys(root, true))
                : Optional.empty();
    }

    /** A party's file: where the page of its metrics listens. Empty when there is to be none. */
    public static Optional<InetSocketAddress> metrics(Path file) {
        @Nullable Section metrics = Section.of(file).optionalSection("metrics");
        if (metrics == null) {
            return Optional.empty();
        }
        InetSocketAddress listen = metrics.address("listen");
        metrics.end();
        return Optional.of(listen);
    }

    /** {@code pstn --config}: where the simulated network listens. */
    public static InetSocketAddress pstn(Path file) {
        Section root = Section.of(file);
        InetSocketAddress listen = root.address("listen");
        root.end();
        return listen;
    }

    /**
     * A command's {@code --config}: how the administration reaches the cluster. What the same file says of keys, set-up
     * and quotas is for other commands.
     */
    public static KafkaAccess administration(Path file) {
        Section root = Section.of(file);
        KafkaAccess access = kafka(root.section("kafka"));
        root.leave(OF_TOKEN_KEYS);
        root.leave(OF_STATEMENT_KEYS);
        root.leave(OF_SETUP);
        root.end();
        return access;
    }

    /**
     * A command's {@code --config} for the keys that sign tokens.
     *
     * @throws ConfigException also when the file does not say where they are
     */
    public static SigningKeySource tokenKeys(Path file) {
        Section root = Section.of(file);
        root.leave(List.of("kafka"));
        root.leave(OF_SETUP);
        root.leave(OF_STATEMENT_KEYS);
        if (OF_TOKEN_KEYS.stream().noneMatch(root::has)) {
            throw new ConfigException(
                    file + ":1: tokenKeyStore: is missing; this command needs the keys that sign tokens"
                            + " (tokenKeyStore and tokenKeyPasswordFile, or tokenKeyPkcs11)");
        }
        SigningKeySource source = tokenKeys(root);
        root.leave(OF_TOKEN_KEYS);
        root.end();
        return source;
    }

    /**
     * A command's {@code --config} for the keys that sign statements; the files need not be there yet.
     *
     * @throws ConfigException also when the file does not say where they are
     */
    public static SigningKeySource.File statementKeys(Path file) {
        Section root = Section.of(file);
        root.leave(List.of("kafka"));
        root.leave(OF_SETUP);
        root.leave(OF_TOKEN_KEYS);
        SigningKeySource.File source = statementKeys(root, false);
        root.end();
        return source;
    }

    private static SigningKeySource.File statementKeys(Section root, boolean mustExist) {
        return new SigningKeySource.File(
                root.path("statementKeyStore", mustExist),
                root.path("statementKeyPasswordFile", mustExist),
                SigningUse.STATEMENTS);
    }

    /** A file or hardware, and not both. */
    private static SigningKeySource tokenKeys(Section root) {
        @Nullable Section hardware = root.optionalSection("tokenKeyPkcs11");
        if (hardware == null) {
            return new SigningKeySource.File(root.path("tokenKeyStore", true), root.path("tokenKeyPasswordFile", true));
        }
        if (root.has("tokenKeyStore") || root.has("tokenKeyPasswordFile")) {
            throw root.wrong("tokenKeyPkcs11", "must stand alone, without tokenKeyStore and tokenKeyPasswordFile");
        }
        SigningKeySource.Pkcs11 source = new SigningKeySource.Pkcs11(
                hardware.path("providerConfig", true), hardware.path("pinFile", true), hardware.text("keyLabel"));
        hardware.end();
        return source;
    }

    /**
     * The same file, as it is used to make topics.
     *
     * @param access with the identity of {@code setup}, or the one of {@code kafka} when the file names no other
     * @param rates what was agreed with carriers
     */
    public record Setup(KafkaAccess access, CallRates rates) {}

    /** A command's {@code --config}: how topics, rules and quotas are made. */
    public static Setup setup(Path file) {
        Section root = Section.of(file);
        Setup setup = setup(root, kafka(root.section("kafka")));
        root.leave(OF_TOKEN_KEYS);
        root.leave(OF_STATEMENT_KEYS);
        root.end();
        return setup;
    }

    private static Setup setup(Section root, KafkaAccess access) {
        @Nullable Section quotas = root.optionalSection("quotas");
        CallRates rates = quotas == null ? CallRates.usual() : rates(quotas);
        @Nullable Path identity = root.optionalPath("setup");
        if (identity == null) {
            return new Setup(access, rates);
        }
        if (access.tls() == null) {
            throw root.wrong("setup", "is an identity for TLS, but kafka.tls is missing");
        }
        KafkaAccess.Tls tls = new KafkaAccess.Tls(access.tls().trusted(), identity);
        return new Setup(new KafkaAccess(access.bootstrapServers(), access.registryUrl(), tls), rates);
    }

    /** {@code quotas.yaml} in a data directory; the usual rates when there is none. */
    public static CallRates rates(Path data) {
        Path file = data.resolve(QUOTAS);
        return Files.exists(file) ? rates(Section.of(file)) : CallRates.usual();
    }

    private static CallRates rates(Section section) {
        Map<CarrierId, Integer> rates = new TreeMap<>();
        for (String carrier : section.keys()) {
            rates.put(section.key(carrier, CarrierId::new), section.number(carrier, CallRates.USUAL));
        }
        return section.make(() -> new CallRates(rates));
    }

    private static <T> Placed<T> placed(Section root, Path file, T config) {
        root.leave(OF_METRICS);
        root.end();
        return new Placed<>(config, field -> file + ":" + root.lineOf(field));
    }

    /** What callers connect to; the proxy connects to nobody. */
    private static @Nullable SipTls callersTls(@Nullable Section tls) {
        if (tls == null) {
            return null;
        }
        SipTls read = new SipTls(tls.address("listen"), tls.path("identity", true), authority(tls), null);
        tls.end();
        return read;
    }

    /** The trunk's name is the host that its address is written with. */
    private static @Nullable SipTls trunkTls(@Nullable Section tls, Section root) {
        if (tls == null) {
            return null;
        }
        SipTls read = new SipTls(
                tls.address("listen"),
                tls.path("identity", true),
                authority(tls),
                tls.has("trusted")
                        ? new SipTls.Peer(
                                tls.path("trusted", true),
                                tls.text("trunkName", root.address("trunk").getHostString()))
                        : null);
        tls.end();
        return read;
    }

    private static @Nullable Path authority(Section tls) {
        return tls.has("clientAuthority") ? tls.path("clientAuthority", true) : null;
    }

    private static KafkaAccess kafka(Section section) {
        @Nullable Section tls = section.optionalSection("tls");
        KafkaAccess.@Nullable Tls identity = null;
        if (tls != null) {
            identity = new KafkaAccess.Tls(tls.path("trusted", true), tls.path("identity", true));
            tls.end();
        }
        KafkaAccess access = new KafkaAccess(section.text("bootstrapServers"), section.text("registryUrl"), identity);
        section.end();
        return access;
    }

    private static <E extends Enum<E>> Function<String, E> word(Class<E> type) {
        return text -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be "
                        + Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(" or "))));
    }
}
