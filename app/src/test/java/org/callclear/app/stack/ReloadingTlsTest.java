package org.callclear.app.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.ReloadingSslEngineFactory;
import org.callclear.tokens.pki.CertificateAuthority;
import org.callclear.tokens.pki.Subject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which key store is in use while its file is replaced and its rights change. */
class ReloadingTlsTest {
    private static final Duration LASTS = Duration.ofDays(90);
    private static final Subject PROXY = Subject.of(Party.proxyOf(Parties.ACME));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    private CertificateAuthority authority;
    private Path file;

    @BeforeEach
    void open() {
        authority = CertificateAuthority.openOrCreate(folder.resolve("pki"), Clock.systemUTC(), new SecureRandom());
        file = folder.resolve("proxy.pem");
    }

    private String issue() {
        return authority.issue(PROXY, LASTS, file).serial();
    }

    private void rights(String rights) throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }

    private Map<String, ?> settings() {
        var tls = new KafkaAccess.Tls(authority.trusted(), file);
        return new AdminClientConfig(new KafkaAccess("127.0.0.1:9092", "http://127.0.0.1", tls).clientSettings())
                .values();
    }

    private ReloadingSslEngineFactory configured() {
        ReloadingSslEngineFactory factory = new ReloadingSslEngineFactory();
        factory.configure(settings());
        return factory;
    }

    private static String inUse(ReloadingSslEngineFactory factory) throws Exception {
        KeyStore store = factory.keystore();
        for (String alias : Collections.list(store.aliases())) {
            if (store.getCertificate(alias) instanceof X509Certificate certificate) {
                return certificate.getSerialNumber().toString(16);
            }
        }
        throw new AssertionError("no certificate");
    }

    @Test
    void aRenewedFileIsTakenUp() throws Exception {
        String first = issue();
        try (ReloadingSslEngineFactory factory = configured()) {
            assertThat(inUse(factory)).isEqualTo(first);

            String second = issue();

            assertThat(inUse(factory)).isEqualTo(second).isNotEqualTo(first);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx-----x"})
    void oneThatOthersHaveAnyRightToIsNotTakenUpUntilTheyHaveNone(String loose) throws Exception {
        String first = issue();
        try (ReloadingSslEngineFactory factory = configured()) {
            String second = issue();
            rights(loose);

            assertThat(inUse(factory)).isEqualTo(first);

            rights("rw-------");
            assertThat(inUse(factory)).isEqualTo(second);
        }
    }

    @Test
    void nothingStartsWithOneThatOthersMayRead() throws Exception {
        issue();
        rights("rw-r--r--");

        assertThatThrownBy(this::configured).isInstanceOf(KafkaException.class);

        rights("rw-------");
        configured().close();
    }
}
