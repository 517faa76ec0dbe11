package org.callclear.app.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.tokens.SigningKeySource;
import org.callclear.tokens.SigningKeys;
import org.callclear.tokens.SigningUse;
import org.callclear.tokens.pki.CertificateAuthority;
import org.callclear.tokens.pki.RevokedIdentityException;
import org.callclear.tokens.pki.Subject;
import org.callclear.tokens.secrets.OwnerOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is who on this machine: its certificate authority, an identity for each party, and the keys that sign tokens and statements. */
final class LocalTrust {
    private static final Logger LOG = LoggerFactory.getLogger(LocalTrust.class);
    private static final List<String> HOSTS = List.of("localhost", LoopbackPorts.HOST);
    private static final Duration KEY_LASTS = Duration.ofDays(365);

    /** A key that ends sooner gets a successor when the stack starts. */
    private static final Duration KEY_MUST_LAST = Duration.ofDays(30);

    private static final Duration BACKDATED = Duration.ofMinutes(1);

    private final CertificateAuthority authority;
    private final SigningKeySource.File tokenKeys;
    private final SigningKeySource.File statementKeys;
    private final Set<Subject> given = new LinkedHashSet<>();

    private LocalTrust(CertificateAuthority authority, Path keys) {
        this.authority = authority;
        this.tokenKeys = keys(keys, "token-keys", SigningUse.TOKENS);
        this.statementKeys = keys(keys, "statement-keys", SigningUse.STATEMENTS);
    }

    private static SigningKeySource.File keys(Path folder, String name, SigningUse use) {
        return new SigningKeySource.File(folder.resolve(name + ".p12"), folder.resolve(name + ".password"), use);
    }

    /**
     * Opens what the data directory has, and makes what it has not.
     *
     * @throws StackException naming the file that is damaged or that others may read
     */
    static LocalTrust in(DataDirectory data, Clock clock, SecureRandom random) {
        try {
            Path keys = data.resolve("keys");
            OwnerOnly.createDirectory(keys);
            LocalTrust trust =
                    new LocalTrust(CertificateAuthority.openOrCreate(data.resolve("pki"), clock, random), keys);
            requireTightKeys(data.resolve("pki")); // Before the broker runs, which is then not started in vain.
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            requireSigningKey(trust.tokenKeys, now, random);
            requireSigningKey(trust.statementKeys, now, random);
            return trust;
        } catch (UncheckedIOException e) {
            throw unusable(e);
        } catch (IOException e) {
            throw new StackException(data.resolve("keys") + ": cannot be made (" + StackException.rootOf(e) + ")", e);
        }
    }

    /** Every file that a private key stands in. */
    private static void requireTightKeys(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".pem")).sorted().toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains("PRIVATE KEY-----")) {
                    OwnerOnly.requireTight(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static StackException unusable(UncheckedIOException e) {
        return new StackException(String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " "), e);
    }

    private static void requireSigningKey(SigningKeySource.File file, Instant now, SecureRandom random) {
        Instant from = now.minus(BACKDATED);
        if (!Files.exists(file.pkcs12())) {
            SigningKeys.create(file, from, now.plus(KEY_LASTS), random);
            return;
        }
        SigningKeys keys = SigningKeys.open(file);
        if (keys.activeKeyId(now.plus(KEY_MUST_LAST)).isEmpty()) {
            keys.add(from, now.plus(KEY_LASTS), random);
        }
    }

    /** The broker's own identity. */
    KafkaAccess.Tls broker() {
        return tls(Subject.broker(HOSTS));
    }

    /** A party's identity, made when it has none or its own is about to end. */
    KafkaAccess.Tls of(Party party) {
        // Callers check whom they speak to: a proxy serves TLS itself.
        return tls(party.kind() == Party.Kind.PROXY ? Subject.of(party, HOSTS) : Subject.of(party));
    }

    private synchronized KafkaAccess.Tls tls(Subject subject) {
        try {
            Path identity = authority.ensure(subject, CertificateAuthority.PROGRAMS_LAST);
            given.add(subject);
            return new KafkaAccess.Tls(authority.trusted(), identity);
        } catch (UncheckedIOException e) {
            throw unusable(e);
        }
    }

    /**
     * Renews, while the stack runs, what is due: the list of revoked certificates, and identities that were given out.
     * Those that were revoked meanwhile stay as they are.
     *
     * @throws StackException naming the file in the way
     */
    synchronized void keep() {
        try {
            authority.keepRevocations();
            given.forEach(this::renewIfDue);
        } catch (UncheckedIOException e) {
            throw unusable(e);
        }
    }

    private void renewIfDue(Subject subject) {
        try {
            authority.ensure(subject, CertificateAuthority.PROGRAMS_LAST);
        } catch (RevokedIdentityException e) {
            LOG.debug("not renewed: {}", e.getMessage()); // somebody wants it so
        }
    }

    Path tokenKeyStore() {
        return tokenKeys.pkcs12();
    }

    Path tokenKeyPasswordFile() {
        return tokenKeys.passwordFile();
    }

    Path statementKeyStore() {
        return statementKeys.pkcs12();
    }

    Path statementKeyPasswordFile() {
        return statementKeys.passwordFile();
    }
}
