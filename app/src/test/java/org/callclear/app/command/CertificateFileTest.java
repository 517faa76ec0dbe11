package org.callclear.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.callclear.schemas.topics.Party;
import org.callclear.tokens.pki.CertificateAuthority;
import org.callclear.tokens.pki.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    @Test
    void theOwnerIsCalledWhatBrokersCallIt() throws Exception {
        var authority = CertificateAuthority.openOrCreate(folder.resolve("pki"), Clock.systemUTC(), new SecureRandom());
        Subject alice = Subject.person(Party.of(Party.Kind.OPERATIONS), "alice");
        Path person = authority.issue(alice, Duration.ofDays(1));
        Path broker = authority.issue(Subject.broker(List.of("localhost")), Duration.ofDays(1));

        assertThat(CertificateFile.principal(person)).isEqualTo("operations");
        assertThat(CertificateFile.principal(broker)).isEqualTo("broker");
        assertThat(CertificateFile.principal(authority.trusted()))
                .as("no party: Kafka keeps the whole name")
                .isEqualTo("CN=Callclear local CA");
    }

    @Test
    void aFileWithoutACertificateIsNamed() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        Path bytes = Files.write(folder.resolve("bytes.pem"), new byte[] {(byte) 0xff, (byte) 0xfe});

        for (Path file : List.of(empty, bytes, folder.resolve("missing.pem"))) {
            assertThat(CertificateFile.principal(file)).startsWith(file.toString());
        }
    }
}
