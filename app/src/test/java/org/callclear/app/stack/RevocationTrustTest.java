package org.callclear.app.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import org.callclear.schemas.topics.Party;
import org.callclear.tokens.pki.CertificateAuthority;
import org.callclear.tokens.pki.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the log says of a list of revoked certificates that another authority signed: nobody gets in because of it. */
class RevocationTrustTest {
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(RevocationTrust.class);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    private CertificateAuthority ours;
    private Path list;
    private X509Certificate[] chain;
    private RevocationTrust trust;

    @BeforeEach
    void create() throws Exception {
        ours = authority("ours");
        Path identity = ours.issue(Subject.of(Party.proxyOf(Parties.ACME)), Duration.ofDays(1));
        chain = new X509Certificate[] {certificate(identity), certificate(ours.trusted())};
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ours", chain[1]);
        list = folder.resolve("list.pem");
        trust = new RevocationTrust(trusted, new CrlFile(list, InstantSource.system()));
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void detach() {
        logger.detachAppender(log);
    }

    private CertificateAuthority authority(String name) {
        return CertificateAuthority.openOrCreate(folder.resolve(name), Clock.systemUTC(), new SecureRandom());
    }

    private static X509Certificate certificate(Path file) throws Exception {
        String text = Files.readString(file);
        try (var bytes = new ByteArrayInputStream(
                text.substring(text.indexOf("-----BEGIN CERTIFICATE-----")).getBytes(StandardCharsets.US_ASCII))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
        }
    }

    private void put(CertificateAuthority signer) throws Exception {
        Files.write(list, Files.readAllBytes(signer.revocations()));
    }

    private void refusedThrice() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> trust.checkClientTrusted(chain, "UNKNOWN"))
                    .isInstanceOf(CertificateException.class);
        }
    }

    private long errors() {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .count();
    }

    @Test
    void aListThatAnotherAuthoritySignedIsSaidOnceForEachContent() throws Exception {
        put(authority("another"));
        refusedThrice();
        assertThat(errors()).isEqualTo(1);

        put(authority("a third"));
        refusedThrice();
        assertThat(errors()).isEqualTo(2);

        put(ours);
        assertThatCode(() -> trust.checkClientTrusted(chain, "UNKNOWN")).doesNotThrowAnyException();
        assertThat(errors()).isEqualTo(2);
    }
}
