package org.callclear.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.sip.call.Dial;
import org.callclear.tokens.secrets.LooseRightsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The data directory holds whole numbers and decides which tokens are used: nobody else may touch it. */
class DataDirectoryTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwx-----x", "rwx-w----"})
    void aDirectoryThatOthersMayUseIsRefusedAndLeftAsItIs(String rights) throws IOException {
        Path loose = Files.createDirectory(directory.resolve("loose"));
        Files.setPosixFilePermissions(loose, PosixFilePermissions.fromString(rights));

        assertThatThrownBy(() -> open(loose)).hasRootCauseInstanceOf(LooseRightsException.class);

        assertThat(loose).isEmptyDirectory();
        assertThat(Files.getPosixFilePermissions(loose)).isEqualTo(PosixFilePermissions.fromString(rights));
    }

    @Test
    void aDirectoryThatIsMissingIsMadeForTheOwnerOnly() throws IOException {
        Path fresh = directory.resolve("fresh");

        open(fresh);

        assertThat(Files.getPosixFilePermissions(fresh)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    private static void open(Path data) throws IOException {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060);
        GatewayConfig config = new GatewayConfig(
                new KafkaAccess("localhost:9092", "http://localhost:8081", null),
                GatewayWorld.GATEWAY,
                GatewayWorld.CARRIER,
                "g1",
                "callclear",
                loopback,
                loopback,
                Dial.Transport.UDP,
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                data);
        GatewayServer.dataDirectory(config).close();
    }
}
