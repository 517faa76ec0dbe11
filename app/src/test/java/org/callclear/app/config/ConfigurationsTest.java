package org.callclear.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.callclear.gateways.GatewayConfig;
import org.callclear.gateways.UsedTokens;
import org.callclear.schemas.call.CarrierId;
import org.callclear.sip.transport.SipTls;
import org.callclear.tokens.SigningKeySource;
import org.callclear.tokens.SigningUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationsTest {
    @Test
    void aFileBecomesAConfigurationWithPathsFromItsOwnFolder() {
        Path file = file("gateway.yaml");

        GatewayConfig config = Configurations.gateway(file).config();

        assertThat(config.gateway().value()).isEqualTo("zenith-1");
        assertThat(config.channels()).isEqualTo(30);
        assertThat(config.heartbeat()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.trunk().getPort()).isEqualTo(5080);
        assertThat(config.data()).isEqualTo(file.resolveSibling("state"));
        assertThat(config.usedTokens()).as("the safe choice").isEqualTo(UsedTokens.USUAL);
        assertThat(config.usedTokens().keptIn()).isEqualTo(UsedTokens.Place.TOPIC);
    }

    @Test
    void aPageOfMetricsIsThereWhenItsAddressIs(@TempDir Path folder) throws IOException {
        String settlement = "kafka: {bootstrapServers: 'b:1', registryUrl: 'http://r'}\nstateDirectory: state\n";
        Path without = Files.writeString(folder.resolve("without.yaml"), settlement);
        Path with =
                Files.writeString(folder.resolve("with.yaml"), settlement + "metrics: {listen: '127.0.0.1:9464'}\n");
        Path half = Files.writeString(folder.resolve("half.yaml"), settlement + "metrics: {}\n");
        Path more = Files.writeString(
                folder.resolve("more.yaml"), settlement + "metrics: {listen: '127.0.0.1:9464', path: /x}\n");

        assertThat(Configurations.metrics(without)).isEmpty();
        assertThat(Configurations.metrics(with))
                .hasValueSatisfying(listen -> assertThat(listen.getPort()).isEqualTo(9464));
        assertThat(Configurations.settlement(with).config())
                .as("the party does not see it")
                .isEqualTo(Configurations.settlement(without).config());
        assertThatThrownBy(() -> Configurations.metrics(half)).hasMessageContaining("metrics.listen");
        assertThatThrownBy(() -> Configurations.metrics(more)).hasMessageContaining("metrics.path");
    }

    @Test
    void aTrunkOverTlsIsKnownByTheHostItIsWrittenWith() {
        Path file = file("gateway-tls.yaml");

        SipTls tls =
                Objects.requireNonNull(Configurations.gateway(file).config().sipTls());

        assertThat(tls.identity()).isEqualTo(file.resolveSibling("gateway.yaml"));
        assertThat(Objects.requireNonNull(tls.peer()).name()).isEqualTo("localhost");
        assertThat(tls.clientAuthority()).isNull();
    }

    @Test
    void aProxyTakesCallersByTlsAndConnectsToNobody() {
        Path file = file("proxy-tls.yaml");

        SipTls tls = Objects.requireNonNull(Configurations.proxy(file).config().sipTls());

        assertThat(tls.listen().getPort()).isEqualTo(5061);
        assertThat(tls.clientAuthority()).isEqualTo(file.resolveSibling("gateway.yaml"));
        assertThat(tls.peer()).isNull();
    }

    @Test
    void aFaultThatOnlyTheSystemShowsCanBePlacedToo() {
        Path file = file("gateway.yaml");

        assertThat(Configurations.gateway(file).place().apply("gateway")).isEqualTo(file + ":4");
    }

    @ParameterizedTest
    @CsvSource({
        "gateway-unknown-field.yaml, :10:, chanels",
        "gateway-no-channels.yaml, :10:, channels",
        "gateway-malformed-id.yaml, :4:, Zenith_1",
        "gateway-no-issuer.yaml, :1:, issuer",
        "gateway-no-time.yaml, :11:, soon",
        "gateway-no-port.yaml, :9:, nowhere",
        "gateway-field-twice.yaml, :13:, carrier",
        "gateway-used-tokens-nowhere.yaml, :13:, TOPIC",
        "gateway-used-tokens-too-few.yaml, :13:, usedTokensMost",
        "gateway-tls-unknown-field.yaml, :15:, sipTls.trusts",
        "gateway-tls-no-peer.yaml, :10:, trunkTransport TLS",
        "not-yaml.yaml, :2:, YAML",
        "no-such-file.yaml, '', no-such-file.yaml"
    })
    void aFaultIsNamedWithItsLineAndWord(String name, String line, String word) {
        Path file = name.startsWith("no-such") ? Path.of(name) : file(name);

        assertThatThrownBy(() -> Configurations.gateway(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(file + line)
                .hasMessageContaining(word)
                .hasMessageNotContaining("\n");
    }

    @Test
    void keysInHardwareStandInThePlaceOfAFile(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("pkcs11.cfg"));
        Files.createFile(folder.resolve("pin"));
        String kafka = "kafka: {bootstrapServers: 'b:1', registryUrl: 'http://r'}\n";
        String hardware = "tokenKeyPkcs11:\n  providerConfig: pkcs11.cfg\n  pinFile: pin\n  keyLabel: token-\n";
        Path file = Files.writeString(folder.resolve("ch.yaml"), kafka + "instance: ch1\nissuer: i\n" + hardware);
        Path admin = Files.writeString(folder.resolve("admin.yaml"), kafka + hardware);
        Path both = Files.writeString(folder.resolve("both.yaml"), kafka + "tokenKeyStore: pin\n" + hardware);
        Path neither = Files.writeString(folder.resolve("neither.yaml"), kafka);
        var expected = new SigningKeySource.Pkcs11(folder.resolve("pkcs11.cfg"), folder.resolve("pin"), "token-");

        assertThat(Configurations.clearinghouse(file).config().tokenKeys()).isEqualTo(expected);
        assertThat(Configurations.tokenKeys(admin)).isEqualTo(expected);
        assertThat(Configurations.administration(admin).bootstrapServers()).isEqualTo("b:1");
        assertThatThrownBy(() -> Configurations.tokenKeys(both))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(both + ":3: tokenKeyPkcs11");
        assertThatThrownBy(() -> Configurations.tokenKeys(neither))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tokenKeyStore");
    }

    @Test
    void aSettlementWithoutAKeyLeavesStatementsToOthers(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("keys.p12"));
        Files.createFile(folder.resolve("password"));
        String settlement = "kafka: {bootstrapServers: 'b:1', registryUrl: 'http://r'}\nstateDirectory: state\n";
        Path without = Files.writeString(folder.resolve("without.yaml"), settlement);
        Path with = Files.writeString(
                folder.resolve("with.yaml"),
                settlement + "statementKeyStore: keys.p12\nstatementKeyPasswordFile: password\n");
        Path half = Files.writeString(folder.resolve("half.yaml"), settlement + "statementKeyStore: keys.p12\n");
        Path nowhere = Files.writeString(
                folder.resolve("nowhere.yaml"),
                settlement + "statementKeyStore: elsewhere.p12\nstatementKeyPasswordFile: password\n");

        assertThat(Configurations.sealingKeys(without)).isEmpty();
        assertThat(Configurations.sealingKeys(with))
                .contains(new SigningKeySource.File(
                        folder.resolve("keys.p12"), folder.resolve("password"), SigningUse.STATEMENTS));
        assertThat(Configurations.settlement(with).config())
                .isEqualTo(Configurations.settlement(without).config());
        assertThatThrownBy(() -> Configurations.sealingKeys(half))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("statementKeyPasswordFile: is missing");
        assertThatThrownBy(() -> Configurations.sealingKeys(nowhere))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(nowhere + ":3: statementKeyStore");
        assertThatThrownBy(() -> Configurations.statementKeys(without))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("statementKeyStore: is missing");
    }

    /** One file for all of the administration's commands; what one does not use need not even be there. */
    @Test
    void eachCommandReadsItsPartOfTheAdministrationsFile(@TempDir Path folder) throws IOException {
        String kafka = "kafka: {bootstrapServers: 'b:1', registryUrl: 'http://r'}\n";
        String quotas = "quotas: {acme: 321}\n";
        String file = "tokenKeyStore: elsewhere.p12\ntokenKeyPasswordFile: elsewhere.password\n";
        String hardware = "tokenKeyPkcs11: {providerConfig: elsewhere.cfg, pinFile: pin, keyLabel: token-}\n";
        Files.createFile(folder.resolve("keys.p12"));
        Files.createFile(folder.resolve("password"));
        String here = "tokenKeyStore: keys.p12\ntokenKeyPasswordFile: password\n";

        for (String keys : List.of(file, hardware)) {
            Path admin = Files.writeString(folder.resolve("admin.yaml"), kafka + quotas + keys);
            assertThat(Configurations.setup(admin).rates().of(new CarrierId("acme")))
                    .isEqualTo(321);
            assertThat(Configurations.administration(admin).bootstrapServers()).isEqualTo("b:1");
        }
        Path noSetup = Files.writeString(
                folder.resolve("set-up.yaml"), kafka + quotas + here + "setup: identity-of-somebody-else.pem\n");
        assertThat(Configurations.administration(noSetup).bootstrapServers()).isEqualTo("b:1");
        assertThat(Configurations.tokenKeys(noSetup))
                .isEqualTo(new SigningKeySource.File(folder.resolve("keys.p12"), folder.resolve("password")));
        Path misspelt = Files.writeString(folder.resolve("misspelt.yaml"), kafka + "tokenKeyStor: keys.p12\n");
        assertThatThrownBy(() -> Configurations.administration(misspelt)).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> Configurations.setup(misspelt)).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> Configurations.tokenKeys(misspelt)).isInstanceOf(ConfigException.class);
    }

    private static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(ConfigurationsTest.class.getResource(name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
