package org.callclear.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.callclear.proxy.journal.CallJournal;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.wire.KafkaAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProxyTest {
    private static final InetSocketAddress LISTEN = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    private Path directory = Path.of("unset");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "instance, P1, acme, 3, 6000, 5000, 60000",
        "realm, p1, '', 3, 6000, 5000, 60000",
        "realm, p1, 'a\"b', 3, 6000, 5000, 60000",
        "maxGateways, p1, acme, 0, 6000, 5000, 60000",
        "maxGateways, p1, acme, 17, 6000, 5000, 60000",
        "authorizationTimeout, p1, acme, 3, 8000, 5000, 60000",
        "authorizationTimeout, p1, acme, 3, 0, 5000, 60000",
        "setupTimeout, p1, acme, 3, 6000, 0, 60000",
        "ringingTimeout, p1, acme, 3, 6000, 5000, 0",
    })
    void aConfigurationThatCannotWorkNamesItsField(
            String field, String instance, String realm, int gateways, long asking, long setup, long ringing) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(instance, realm, gateways, asking, setup, ringing))
                .withMessageContaining(field);
    }

    @Test
    void aBadUsersFileStopsTheStartBeforeAnythingIsTouched() throws IOException {
        Files.writeString(Board.usersFile(directory), "username,password,number\n,secret,\n");

        assertThatIllegalStateException()
                .isThrownBy(() -> Proxy.start(config("p1", "acme", 3, 6000, 5000, 60_000)))
                .withMessageContaining("users.csv, line 2, username");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void aClusterThatDoesNotAnswerStopsTheStartAndLeavesNothingHeld() throws IOException {
        Board.usersFile(directory);

        assertThatIllegalStateException()
                .isThrownBy(() -> Proxy.start(config("p1", "acme", 3, 6000, 5000, 60_000)))
                .withMessageContaining("carrier.acme.authorization-requests");
        CallJournal.open(directory.resolve("data")).close();
    }

    private ProxyConfig config(String instance, String realm, int gateways, long asking, long setup, long ringing) {
        return new ProxyConfig(
                new KafkaAccess("127.0.0.1:1", "http://127.0.0.1:1", null),
                new CarrierId("acme"),
                instance,
                LISTEN,
                realm,
                directory.resolve("users.csv"),
                gateways,
                Duration.ofMillis(asking),
                Duration.ofMillis(setup),
                Duration.ofMillis(ringing),
                directory.resolve("data"));
    }
}
