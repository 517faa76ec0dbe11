package org.callclear.app.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.tokens.SigningKeySource;
import org.callclear.tokens.SigningKeys;
import org.callclear.tokens.SigningUse;
import org.callclear.tokens.pki.CertificateAuthority;
import org.callclear.tokens.pki.RevocationReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTrustTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Party PROXY = Party.proxyOf(Parties.ACME);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    private DataDirectory data;

    @BeforeEach
    void open() {
        data = DataDirectory.open(folder.resolve("data"));
    }

    @AfterEach
    void close() {
        data.close();
    }

    private LocalTrust at(Instant now) {
        return LocalTrust.in(data, Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
    }

    private CertificateAuthority authority() {
        return CertificateAuthority.open(data.resolve("pki"), Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom());
    }

    @Test
    void identitiesLastNinetyDaysAndAreRenewedInTheLastThird() throws Exception {
        KafkaAccess.Tls first = at(NOW).of(PROXY);
        byte[] before = Files.readAllBytes(first.identity());

        at(NOW.plus(Duration.ofDays(59))).of(PROXY);
        assertThat(Files.readAllBytes(first.identity())).isEqualTo(before);
        at(NOW.plus(Duration.ofDays(61))).of(PROXY);
        assertThat(Files.readAllBytes(first.identity())).isNotEqualTo(before);
        assertThat(authority().issued().get(0).notAfter()).isEqualTo(NOW.plus(Duration.ofDays(90)));
    }

    @Test
    void whatWasRevokedWhileTheStackRunsIsLeftAloneThenAndNamedAtTheNextStart() {
        LocalTrust trust = at(NOW);
        trust.of(PROXY);
        authority().revoke(List.of(authority().issued().get(0).serial()), RevocationReason.KEY_COMPROMISE);

        assertThatCode(trust::keep).doesNotThrowAnyException();
        assertThat(authority().issued()).hasSize(1);
        assertThatThrownBy(() -> at(NOW).of(PROXY))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("proxy.acme.pem")
                .hasMessageContaining("keyCompromise");
    }

    private static SigningKeys ofStatements(LocalTrust trust) {
        return SigningKeys.open(new SigningKeySource.File(
                trust.statementKeyStore(), trust.statementKeyPasswordFile(), SigningUse.STATEMENTS));
    }

    @Test
    void tokensAndStatementsHaveKeysOfTheirOwnThatAreReplacedInTime() {
        LocalTrust trust = at(NOW);
        SigningKeys ofTokens = SigningKeys.open(trust.tokenKeyStore(), trust.tokenKeyPasswordFile());
        SigningKeys first = ofStatements(trust);
        LocalTrust later = at(NOW.plus(Duration.ofDays(340)));
        SigningKeys both = ofStatements(later);

        assertThat(first.activeKeyId(NOW)).isPresent();
        assertThat(first.keyIds()).doesNotContainAnyElementsOf(ofTokens.keyIds());
        assertThat(both.keyIds()).hasSize(2).containsAll(first.keyIds());
    }

    @Test
    void aKeyThatOthersMayReadIsFoundBeforeAnythingStartsAndNamedOnce() throws Exception {
        Path identity = at(NOW).of(PROXY).identity();
        Files.setPosixFilePermissions(identity, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> at(NOW))
                .isInstanceOf(StackException.class)
                .satisfies(
                        thrown -> assertThat(String.valueOf(thrown.getMessage()).split("proxy.acme.pem", -1))
                                .hasSize(2));
    }

    @Test
    void theListOfRevokedCertificatesThatGetsLostIsMadeAgainWhileTheStackRuns() throws Exception {
        LocalTrust trust = at(NOW);
        Path list = data.resolve("pki").resolve("crl.pem");
        Files.delete(list);

        trust.keep();

        assertThat(list).exists();
    }
}
