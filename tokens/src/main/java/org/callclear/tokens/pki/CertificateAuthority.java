package org.callclear.tokens.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.callclear.tokens.pki.Issued.Revocation;
import org.callclear.tokens.secrets.LooseRightsException;
import org.callclear.tokens.secrets.OwnerOnly;

/**
 * The local certificate authority, in a directory of its owner alone. {@code ca-identity.pem} holds its key and
 * certificate, and is the truth; {@code ca.pem} is its certificate alone, for everybody's trust store, and is made again
 * when it is missing. {@code issued.index} remembers what it issued and revoked; {@code crl.pem} follows from that and is
 * what brokers read. Files appear whole or not at all, so a crash at any point is repaired by opening again. Several
 * processes may have it open: each change holds the directory's lock.
 */
public final class CertificateAuthority {
    /** How long the authority itself lasts. */
    public static final Duration LIFE = Duration.ofDays(3650);

    /** The longest life of a certificate: 13 months, as the web's own rules had it. */
    public static final Duration LONGEST = Duration.ofDays(397);

    /** How long the certificate of a program lasts unless somebody says otherwise. */
    public static final Duration PROGRAMS_LAST = Duration.ofDays(90);

    /** The same for a person, whose key lies on a desk. */
    public static final Duration PEOPLE_LAST = Duration.ofDays(30);

    /** The longest request for a certificate that is read, in bytes: one is about 1 KiB. */
    public static final int LONGEST_REQUEST = 16_384;

    private static final String IDENTITY = "ca-identity.pem";
    private static final String TRUSTED = "ca.pem";
    private static final String REVOKED = "crl.pem";
    private static final String INDEX = "issued.index";

    /** Certificates begin a little in the past, for the machines whose clock is behind. */
    private static final Duration BACKDATED = Duration.ofMinutes(5);

    /** A file lock is a process's; among the threads of this one, this is. */
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    private final Path directory;
    private final Clock clock;
    private final BouncyCastleProvider provider;
    private final CertificateMaker maker;
    private final Identity authority;
    private final IssuedIndex index;
    private final RevocationList revocations;

    private CertificateAuthority(
            Path directory, Clock clock, BouncyCastleProvider provider, CertificateMaker maker, Identity authority) {
        this.directory = directory;
        this.clock = clock;
        this.provider = provider;
        this.maker = maker;
        this.authority = authority;
        this.index = new IssuedIndex(directory.resolve(INDEX));
        this.revocations = new RevocationList(directory.resolve(REVOKED), maker);
    }

    /** What is done under the lock. */
    private interface Work<T> {
        T run() throws IOException;
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
            OwnerOnly.createIfMissing(lockFile(directory));
        } catch (IOException e) {
            throw broken(directory, e);
        }
        return locked(directory, () -> {
            OwnerOnly.sweep(directory);
            Identity authority = openOrCreate(directory, clock.instant(), provider, maker);
            var opened = new CertificateAuthority(directory, clock, provider, maker, authority);
            opened.keepLists();
            return opened;
        });
    }

    /**
     * Opens the authority that a directory has.
     *
     * @throws UncheckedIOException also when there is none
     */
    public static CertificateAuthority open(Path directory, Clock clock, SecureRandom random) {
        if (!Files.exists(directory.resolve(IDENTITY))) {
            throw broken(directory, new IOException("there is none: no " + IDENTITY));
        }
        return openOrCreate(directory, clock, random);
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

    private void keepLists() throws IOException {
        Path issued = directory.resolve(INDEX);
        Path revoked = directory.resolve(REVOKED);
        if (!Files.exists(issued) && Files.exists(revoked)) {
            throw new IOException(revoked + " is there without " + issued
                    + ", from which it follows: restore it, or nobody knows what is revoked");
        }
        OwnerOnly.createIfMissing(issued);
        writeRevocations();
    }

    private void writeRevocations() throws IOException {
        List<Issued> revoked = index.read().values().stream()
                .filter(one -> one.revocation() != null)
                .toList();
        revocations.keep(authority, revoked, clock.instant());
    }

    /** The authority's certificate in PEM: what a trust store needs. Not secret, and may be copied. */
    public Path trusted() {
        return directory.resolve(TRUSTED);
    }

    /** The list of revoked certificates (CRL) in PEM: what a broker needs. Not secret, and must be copied when it changes. */
    public Path revocations() {
        return directory.resolve(REVOKED);
    }

    /** The identity file of a subject, whether it is there or not. */
    public Path identityFile(Subject subject) {
        String person = subject.person().isEmpty() ? "" : "+" + subject.person();
        return directory.resolve(subject.commonName() + person + ".pem");
    }

    /**
     * Makes a new key and certificate and writes them, owner-only, in the place of what was there.
     *
     * @param subject whom for
     * @param validity from now, at most {@link #LONGEST}; cut short by the authority's own end
     * @param file private key (PKCS#8) and chain, ready for Kafka's {@code ssl.keystore.location} of type PEM
     * @throws IllegalArgumentException when the validity is none or too long
     */
    public Issued issue(Subject subject, Duration validity, Path file) {
        Instant end = end(subject, validity);
        return locked(directory, () -> make(subject, end, file));
    }

    private Issued make(Subject subject, Instant end, Path file) throws IOException {
        Identity identity = maker.leaf(authority, subject, clock.instant().minus(BACKDATED), end);
        Issued issued = remember(subject, identity.certificate());
        OwnerOnly.replace(file, identity.toPem());
        return issued;
    }

    /** {@link #issue(Subject, Duration, Path)} into {@link #identityFile}. */
    public Path issue(Subject subject, Duration validity) {
        Path file = identityFile(subject);
        issue(subject, validity, file);
        return file;
    }

    /**
     * Certifies the key of a request; the private key stays where it is.
     *
     * @param request PKCS#10 in PEM
     * @param file gets the certificate and the authority's, in PEM; nothing in it is secret
     * @throws IllegalArgumentException naming field and value when the request is not exactly what the subject may have,
     *     or its key is one that somebody else has or may have
     */
    public Issued certify(Subject subject, Duration validity, byte[] request, Path file) {
        PublicKey key = CertificateRequest.keyOf(request, subject, provider);
        Instant end = end(subject, validity);
        return locked(directory, () -> {
            requireUncompromised(key);
            List<X509Certificate> chain =
                    maker.certified(authority, subject, key, clock.instant().minus(BACKDATED), end);
            Issued issued = remember(subject, chain.get(0));
            OwnerOnly.replace(file, Identity.pem(chain.toArray()));
            return issued;
        });
    }

    private void requireUncompromised(PublicKey key) throws IOException {
        String asked = CertificateFacts.fingerprint(key);
        if (index.compromised().contains(asked)) {
            List<String> known = index.read().values().stream()
                    .filter(one -> one.key().equals(asked))
                    .map(one -> one.serial() + " of " + one.subject())
                    .toList();
            throw new IllegalArgumentException("key: is that of certificate " + String.join(", ", known)
                    + ", and somebody else may have it (keyCompromise): make a new key, and a request with that");
        }
    }

    private Instant end(Subject subject, Duration validity) {
        if (validity.isNegative() || validity.isZero() || validity.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("validity " + validity + " of " + subject
                    + ": must be positive and at most " + LONGEST.toDays() + " days");
        }
        Instant end = authority.certificate().getNotAfter().toInstant();
        Instant wished = clock.instant().plus(validity);
        return wished.isBefore(end) ? wished : end;
    }

    /** Before anybody gets the certificate: so there is none that cannot be revoked. */
    private Issued remember(Subject subject, X509Certificate certificate) throws IOException {
        Issued issued = new Issued(
                CertificateFacts.serial(certificate),
                subject,
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                CertificateFacts.fingerprint(certificate),
                CertificateFacts.fingerprint(certificate.getPublicKey()),
                null);
        index.issued(issued);
        return issued;
    }

    /**
     * The subject's identity file, issued when it is missing, is of another authority, name or hosts, lasts longer than
     * {@link #LONGEST}, or is in the last third of its life; so calling this at each start also renews in time.
     *
     * @throws RevokedIdentityException when the certificate there was revoked, whatever it names
     * @throws UncheckedIOException when a file is there that is not an identity, or that others may read
     */
    public Path ensure(Subject subject, Duration validity) {
        Path file = identityFile(subject);
        Instant end = end(subject, validity);
        // One lock for all: nobody revokes between the look and the renewal.
        return locked(directory, () -> {
            if (!Files.exists(file) || isDue(subject, file)) {
                make(subject, end, file);
            }
            return file;
        });
    }

    private boolean isDue(Subject subject, Path file) throws IOException {
        X509Certificate certificate;
        try {
            certificate = Identity.read(file, provider).certificate();
        } catch (LooseRightsException e) {
            throw new UncheckedIOException(String.valueOf(e.getMessage()), e); // names the file itself
        } catch (IOException e) {
            throw new UncheckedIOException("identity file " + file + ": " + e.getMessage(), e);
        }
        if (!isOurs(certificate)) {
            return true;
        }
        Issued issued = index.read().get(CertificateFacts.serial(certificate));
        if (issued != null) {
            requireGood(issued, file);
        }
        if (!CertificateFacts.names(certificate, subject)) {
            return true;
        }
        if (issued == null) { // from before there was an index: into it now, so that it can be revoked
            issued = remember(subject, certificate);
        }
        return issued.state(clock.instant()) != Issued.State.VALID
                || Duration.between(issued.notBefore(), issued.notAfter()).compareTo(LONGEST.plus(BACKDATED)) > 0;
    }

    private static void requireGood(Issued issued, Path file) {
        if (issued.revocation() != null) {
            throw new RevokedIdentityException("identity file " + file + ": its certificate " + issued.serial()
                    + " was revoked at "
                    + issued.revocation().at() + " ("
                    + issued.revocation().reason().word()
                    + "); issue another one with `callclear certs issue --for "
                    + issued.subject().commonName() + " --out "
                    + file + " --replace`");
        }
    }

    private boolean isOurs(X509Certificate certificate) {
        try {
            certificate.verify(authority.certificate().getPublicKey(), provider);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Every certificate, in the order of issue. */
    public List<Issued> issued() {
        return locked(directory, () -> List.copyOf(index.read().values()));
    }

    /**
     * Ends certificates before their time: on return {@link #revocations} says so. Those revoked already stay as they
     * are. With {@link RevocationReason#KEY_COMPROMISE} all others that have the key of one of them end too, whatever party
     * they are of, and the key is never certified again.
     *
     * @param serials as {@link Issued#serial} has them
     * @return what is revoked by this call
     * @throws IllegalArgumentException when the authority knows no such serial; then none is revoked
     */
    public List<Issued> revoke(Collection<String> serials, RevocationReason reason) {
        return locked(directory, () -> {
            Map<String, Issued> known = index.read();
            for (String serial : serials) {
                if (!known.containsKey(serial)) {
                    throw new IllegalArgumentException("serial '" + serial + "': this authority issued no such one");
                }
            }
            var revocation = new Revocation(reason, clock.instant().truncatedTo(ChronoUnit.SECONDS));
            List<Issued> named = serials.stream().distinct().map(known::get).toList();
            boolean isKeyLost = reason == RevocationReason.KEY_COMPROMISE;
            List<Issued> ended = known.values().stream()
                    .filter(one -> one.revocation() == null)
                    .filter(one ->
                            named.contains(one) || (isKeyLost && named.stream().anyMatch(one::hasKeyOf)))
                    .toList();
            if (isKeyLost) {
                rememberLost(named);
            }
            if (!ended.isEmpty()) {
                index.revoked(ended, revocation);
            }
            writeRevocations();
            return ended.stream().map(one -> one.revoked(revocation)).toList();
        });
    }

    /** Also of those that were revoked for another reason before, or are over: the key may be in the next request. */
    private void rememberLost(List<Issued> named) throws IOException {
        Set<String> there = index.compromised();
        Set<String> lost = named.stream()
                .map(Issued::key)
                .filter(key -> !key.isEmpty() && !there.contains(key))
                .collect(Collectors.toSet());
        if (!lost.isEmpty()) {
            index.compromised(lost);
        }
    }

    /** Writes the list of revoked certificates again when it is a day old; to be called often while brokers run. */
    public void keepRevocations() {
        locked(directory, () -> {
            writeRevocations();
            return true;
        });
    }

    private static Path lockFile(Path directory) {
        return directory.resolve("ca.lock");
    }

    private static <T> T locked(Path directory, Work<T> work) {
        ONE_AT_A_TIME.lock();
        try (var channel = FileChannel.open(lockFile(directory), StandardOpenOption.WRITE)) {
            channel.lock(); // until the channel is closed
            return work.run();
        } catch (IOException e) {
            throw broken(directory, e);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private static UncheckedIOException broken(Path directory, IOException e) {
        if (e instanceof LooseRightsException) {
            return new UncheckedIOException(String.valueOf(e.getMessage()), e); // names the file itself
        }
        return new UncheckedIOException("certificate authority " + directory + ": " + e.getMessage(), e);
    }
}
