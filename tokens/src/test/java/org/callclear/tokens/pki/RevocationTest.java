package org.callclear.tokens.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CRLReason;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.callclear.schemas.topics.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the authority remembers of its certificates, and the list that brokers read. */
class RevocationTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration VALIDITY = Duration.ofDays(90);
    private static final Subject ALICE = Subject.person(Party.of(Party.Kind.OPERATIONS), "alice");
    private static final Subject PROXY = Subject.of(Party.parse("proxy.acme"));

    @TempDir
    Path temporary;

    private CertificateAuthority open(Instant now) {
        return CertificateAuthority.openOrCreate(
                temporary.resolve("pki"), Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
    }

    private Path index() {
        return temporary.resolve("pki/issued.index");
    }

    private X509CRL list() throws Exception {
        try (InputStream file = Files.newInputStream(temporary.resolve("pki/crl.pem"))) {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(file);
        }
    }

    private static BigInteger number(X509CRL list) {
        byte[] extension = list.getExtensionValue("2.5.29.20");
        return ASN1Integer.getInstance(ASN1OctetString.getInstance(extension).getOctets())
                .getValue();
    }

    @Test
    void whatIsIssuedIsRememberedOverARestartByItsOwnerAlone() throws IOException {
        Issued proxy = open(NOW).issue(PROXY, VALIDITY, temporary.resolve("proxy.pem"));
        Issued alice = open(NOW).issue(ALICE, VALIDITY, temporary.resolve("alice.pem"));

        assertThat(open(NOW).issued()).containsExactly(proxy, alice);
        assertThat(alice.subject()).isEqualTo(ALICE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(index())))
                .isEqualTo("rw-------");
    }

    @Test
    void anIndexOfAnEarlierReleaseWhichKnewNoKeysIsRead() throws IOException {
        Issued proxy = open(NOW).issue(PROXY, VALIDITY, temporary.resolve("proxy.pem"));
        String written = Files.readString(index());
        Files.writeString(index(), written.replace(" " + proxy.key(), ""));

        Issued read = open(NOW).issued().getFirst();

        assertThat(read.key()).isEmpty();
        assertThat(read.fingerprint()).isEqualTo(proxy.fingerprint());
        assertThat(open(NOW).revoke(List.of(read.serial()), RevocationReason.KEY_COMPROMISE))
                .hasSize(1);
    }

    @Test
    void aCertificateIsValidThenDueThenExpiredUnlessRevoked() {
        CertificateAuthority authority = open(NOW);
        Issued issued = authority.issue(PROXY, VALIDITY, temporary.resolve("proxy.pem"));

        assertThat(issued.state(NOW.plus(Duration.ofDays(59)))).isEqualTo(Issued.State.VALID);
        assertThat(issued.state(NOW.plus(Duration.ofDays(61)))).isEqualTo(Issued.State.DUE);
        assertThat(issued.state(NOW.plus(VALIDITY).plusSeconds(1))).isEqualTo(Issued.State.EXPIRED);
        authority.revoke(List.of(issued.serial()), RevocationReason.SUPERSEDED);
        assertThat(authority.issued().get(0).state(NOW)).isEqualTo(Issued.State.REVOKED);
    }

    @Test
    void theListHoldsWhatIsRevokedWithItsReasonAndIsSignedByTheAuthority() throws Exception {
        CertificateAuthority authority = open(NOW);
        Issued proxy = authority.issue(PROXY, VALIDITY, temporary.resolve("proxy.pem"));
        authority.issue(ALICE, VALIDITY, temporary.resolve("alice.pem"));
        BigInteger before = number(list());

        authority.revoke(List.of(proxy.serial()), RevocationReason.KEY_COMPROMISE);

        X509CRL list = list();
        try (InputStream trusted = Files.newInputStream(authority.trusted())) {
            list.verify(CertificateFactory.getInstance("X.509")
                    .generateCertificate(trusted)
                    .getPublicKey());
        }
        assertThat(list.getRevokedCertificates())
                .extracting(X509CRLEntry::getSerialNumber)
                .containsExactly(new BigInteger(proxy.serial(), 16));
        assertThat(list.getRevokedCertificate(new BigInteger(proxy.serial(), 16))
                        .getRevocationReason())
                .isEqualTo(CRLReason.KEY_COMPROMISE);
        assertThat(list.getNextUpdate().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(7)));
        assertThat(number(list)).isGreaterThan(before);
    }

    @Test
    void theListIsMadeAgainWhenItIsADayOldAndNotBefore() throws Exception {
        open(NOW);
        X509CRL first = list();

        open(NOW.plus(Duration.ofHours(23)));
        assertThat(list()).isEqualTo(first);
        open(NOW.plus(Duration.ofHours(24))).keepRevocations();
        assertThat(list().getNextUpdate()).isAfter(first.getNextUpdate());
    }

    @Test
    void aLostOrDamagedListFollowsFromTheIndexAgain() throws Exception {
        CertificateAuthority authority = open(NOW);
        Issued proxy = authority.issue(PROXY, VALIDITY, temporary.resolve("proxy.pem"));
        authority.revoke(List.of(proxy.serial()), RevocationReason.SUPERSEDED);

        Files.writeString(authority.revocations(), "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n");
        open(NOW);
        assertThat(list().getRevokedCertificates()).hasSize(1);
        Files.delete(authority.revocations());
        open(NOW);
        assertThat(list().getRevokedCertificates()).hasSize(1);
    }

    @Test
    void aLostIndexIsNamedForWithItGoesWhatIsRevoked() throws IOException {
        open(NOW);
        Files.delete(index());

        assertThatThrownBy(() -> open(NOW))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("issued.index");
    }

    @Test
    void theTornEndOfTheIndexIsDroppedAndWrittenOver() throws IOException {
        Issued first = open(NOW).issue(PROXY, VALIDITY, temporary.resolve("1.pem"));
        byte[] whole = Files.readAllBytes(index());
        open(NOW).issue(ALICE, VALIDITY, temporary.resolve("2.pem"));
        byte[] both = Files.readAllBytes(index());

        for (int end = whole.length; end < both.length; end++) {
            Files.write(index(), java.util.Arrays.copyOf(both, end));
            assertThat(open(NOW).issued()).as("cut at %s", end).containsExactly(first);
        }
        Issued third = open(NOW).issue(ALICE, VALIDITY, temporary.resolve("3.pem"));
        assertThat(open(NOW).issued()).containsExactly(first, third);
    }

    @Test
    void aDamagedLineOfTheIndexIsNamed() throws IOException {
        open(NOW).issue(PROXY, VALIDITY, temporary.resolve("1.pem"));
        Files.writeString(index(), "revoked 77 superseded 2026-11-23T12:00:00Z\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> open(NOW))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("77");
    }

    @Test
    void whatIsUnknownIsNotRevokedAndNothingElseWithIt() {
        CertificateAuthority authority = open(NOW);
        Issued proxy = authority.issue(PROXY, VALIDITY, temporary.resolve("proxy.pem"));

        assertThatThrownBy(() -> authority.revoke(List.of(proxy.serial(), "77"), RevocationReason.SUPERSEDED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("77");
        assertThat(authority.issued()).containsExactly(proxy);
    }

    @Test
    void aRevokedIdentityIsNotRenewedByTheNextStart() {
        CertificateAuthority authority = open(NOW);
        authority.ensure(PROXY, VALIDITY);
        authority.revoke(List.of(authority.issued().get(0).serial()), RevocationReason.KEY_COMPROMISE);

        assertThatThrownBy(() -> open(NOW).ensure(PROXY, VALIDITY))
                .isInstanceOf(RevokedIdentityException.class)
                .hasMessageContaining("proxy.acme.pem")
                .hasMessageContaining("keyCompromise");
        open(NOW).issue(PROXY, VALIDITY);
        assertThat(open(NOW).ensure(PROXY, VALIDITY)).exists();
    }

    /** A name or host more is no way around a revocation. */
    @Test
    void aRevokedIdentityIsNotRenewedForOtherHostsEither() throws IOException {
        CertificateAuthority authority = open(NOW);
        Path file = authority.ensure(Subject.broker(List.of("localhost")), VALIDITY);
        byte[] before = Files.readAllBytes(file);
        authority.revoke(List.of(authority.issued().get(0).serial()), RevocationReason.KEY_COMPROMISE);

        assertThatThrownBy(() -> authority.ensure(Subject.broker(List.of("kafka.example")), VALIDITY))
                .isInstanceOf(RevokedIdentityException.class);

        assertThat(file).hasBinaryContent(before);
        assertThat(authority.issued()).hasSize(1);
    }

    /** What is there is looked at and renewed under one lock, so nobody revokes it in between. */
    @Test
    void ofManyThatSeeToAnIdentityAtOnceOneIssuesIt() throws Exception {
        int many = 8;
        CyclicBarrier together = new CyclicBarrier(many);
        List<Callable<Path>> tasks = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            CertificateAuthority authority = open(NOW);
            tasks.add(() -> {
                together.await();
                return authority.ensure(PROXY, VALIDITY);
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
            for (Future<Path> done : threads.invokeAll(tasks)) {
                assertThat(done.get()).exists();
            }
        }

        assertThat(open(NOW).issued()).hasSize(1);
    }

    @Test
    void anIdentityFromBeforeTheIndexGetsIntoItSoThatItCanBeRevoked() throws IOException {
        CertificateAuthority authority = open(NOW);
        authority.ensure(PROXY, VALIDITY);
        List<Issued> before = authority.issued();
        Files.writeString(index(), "");

        authority.ensure(PROXY, VALIDITY);

        assertThat(authority.issued()).isEqualTo(before);
    }
}
