package org.callclear.tokens.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.callclear.tokens.secrets.OwnerOnly;

/**
 * The local certificate authority, in a directory of its owner alone. {@code ca-identity.pem} holds its key and
 * certificate, and is the truth; {@code ca.pem} is its certificate alone, for everybody's trust store, and is made again
 * when it is missing. Files appear whole or not at all, so a crash at any point is repaired by opening again.
 */
public final class CertificateAuthority {
    /** How long the authority itself lasts. */
    public static final Duration LIFE = Duration.ofDays(3650);

    private static final String IDENTITY = "ca-identity.pem";
    private static final String TRUSTED = "ca.pem";

    /** Certificates begin a little in the past, for the machines whose clock is behind. */
    private static final Duration BACKDATED = Duration.ofMinutes(5);

    private final Path directory;
    private final Clock clock;
    private final BouncyCastleProvider provider;
    private final CertificateMaker maker;
    private final Identity authority;

    private CertificateAuthority(
            Path directory, Clock clock, BouncyCastleProvider provider, CertificateMaker maker, Identity authority) {
        this.directory = directory;
        this.clock = clock;
        this.provider = provider;
        this.maker = maker;
        this.authority = authority;
    }

    /**
     * Opens the authority in a directory, or makes one there.
     *
     * @throws UncheckedIOException naming the file and the fault: rights too loose, not PEM, a key missing, expired
     */
    public static CertificateAuthority openOrCreate(Path directory, Clock clock, SecureRandom random) {
        var provider = new BouncyCastleProvider();
        var maker = new CertificateMaker(provider, random);
        try {
            OwnerOnly.createDirectory(directory);
            Path lockFile = directory.resolve("ca.lock");
            OwnerOnly.createIfMissing(lockFile);
            try (var channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
                channel.lock(); // until the channel is closed
                OwnerOnly.sweep(directory);
                Identity authority = openOrCreate(directory, clock.instant(), provider, maker);
                return new CertificateAuthority(directory, clock, provider, maker, authority);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("certificate authority " + directory + ": " + e.getMessage(), e);
        }
    }

    private static Identity openOrCreate(
            Path directory, Instant now, BouncyCastleProvider provider, CertificateMaker maker) throws IOException {
        Path file = directory.resolve(IDENTITY);
        Path trusted = directory.resolve(TRUSTED);
        if (!Files.exists(file)) {
            if (Files.exists(trusted)) {
                throw new IOException(trusted + " is there without " + file
                        + ", the key that belongs to it: restore it, or delete " + trusted + " to begin anew");
            }
            OwnerOnly.replace(
                    file, maker.authority(now.minus(BACKDATED), now.plus(LIFE)).toPem());
        }
        Identity authority = Identity.read(file, provider);
        Instant end = authority.certificate().getNotAfter().toInstant();
        if (!now.isBefore(end)) {
            throw new IOException(file + ": expired at " + end);
        }
        byte[] pem = Identity.pem(authority.certificate());
        if (!Files.exists(trusted) || !Arrays.equals(pem, Files.readAllBytes(trusted))) {
            OwnerOnly.replace(trusted, pem);
        }
        return authority;
    }

    /** The authority's certificate in PEM: what a trust store needs. Not secret, and may be copied. */
    public Path trusted() {
        return directory.resolve(TRUSTED);
    }

    /** The identity file of a subject, whether it is there or not. */
    public Path identityFile(Subject subject) {
        return directory.resolve(subject.commonName() + ".pem");
    }

    /**
     * Makes a new key and certificate and writes them, owner-only, in the place of what was there.
     *
     * @param subject whom for
     * @param validity from now, cut short by the authority's own end
     * @param file private key (PKCS#8) and chain, ready for Kafka's {@code ssl.keystore.location} of type PEM
     */
    public void issue(Subject subject, Duration validity, Path file) {
        if (validity.isNegative() || validity.isZero()) {
            throw new IllegalArgumentException(
                    "validity " + validity + " of " + subject.commonName() + ": must be positive");
        }
        Instant now = clock.instant();
        Instant end = authority.certificate().getNotAfter().toInstant();
        Instant notAfter = now.plus(validity).isBefore(end) ? now.plus(validity) : end;
        try {
            OwnerOnly.replace(
                    file,
                    maker.leaf(authority, subject, now.minus(BACKDATED), notAfter)
                            .toPem());
        } catch (IOException e) {
            throw new UncheckedIOException("identity file " + file + ": " + e.getMessage(), e);
        }
    }

    /** {@link #issue(Subject, Duration, Path)} into {@link #identityFile}. */
    public Path issue(Subject subject, Duration validity) {
        Path file = identityFile(subject);
        issue(subject, validity, file);
        return file;
    }

    /**
     * The subject's identity file, issued when it is missing, is of another authority, name or hosts, or is in the last
     * third of its life; so calling this at each start also renews in time.
     *
     * @throws UncheckedIOException when a file is there that is not an identity, or that others may read
     */
    public Path ensure(Subject subject, Duration validity) {
        Path file = identityFile(subject);
        if (!Files.exists(file) || isDue(subject, file)) {
            issue(subject, validity, file);
        }
        return file;
    }

    private boolean isDue(Subject subject, Path file) {
        X509Certificate certificate;
        try {
            certificate = Identity.read(file, provider).certificate();
        } catch (IOException e) {
            throw new UncheckedIOException("identity file " + file + ": " + e.getMessage(), e);
        }
        return isInLastThird(certificate, clock.instant()) || !isOurs(certificate) || !names(certificate, subject);
    }

    /** Whether less than a third of a certificate's life is left. */
    static boolean isInLastThird(X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        return now.isAfter(until.minus(Duration.between(from, until).dividedBy(3)));
    }

    private boolean isOurs(X509Certificate certificate) {
        try {
            certificate.verify(authority.certificate().getPublicKey(), provider);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean names(X509Certificate certificate, Subject subject) {
        return certificate.getSubjectX500Principal().getName().equals("CN=" + subject.commonName())
                && hosts(certificate).equals(new TreeSet<>(subject.hosts()));
    }

    private static Set<String> hosts(X509Certificate certificate) {
        var hosts = new TreeSet<String>();
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names != null) {
                names.forEach(name -> hosts.add(String.valueOf(name.get(1))));
            }
        } catch (GeneralSecurityException e) {
            hosts.clear(); // an extension that cannot be read names nobody, so the certificate is issued again
        }
        return hosts;
    }
}
