package org.callclear.app.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.tokens.SigningKeys;
import org.callclear.tokens.pki.CertificateAuthority;
import org.callclear.tokens.pki.Subject;
import org.callclear.tokens.secrets.OwnerOnly;

/** Who is who on this machine: its certificate authority, an identity for each party, and the keys that sign tokens. */
final class LocalTrust {
    private static final List<String> HOSTS = List.of("localhost", LoopbackPorts.HOST);
    private static final Duration IDENTITY_LASTS = Duration.ofDays(825);
    private static final Duration KEY_LASTS = Duration.ofDays(365);

    /** A key that ends sooner gets a successor when the stack starts. */
    private static final Duration KEY_MUST_LAST = Duration.ofDays(30);

    private static final Duration BACKDATED = Duration.ofMinutes(1);

    private final CertificateAuthority authority;
    private final Path keyStore;
    private final Path passwordFile;

    private LocalTrust(CertificateAuthority authority, Path keys) {
        this.authority = authority;
        this.keyStore = keys.resolve("token-keys.p12");
        this.passwordFile = keys.resolve("token-keys.password");
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
            trust.requireSigningKey(clock.instant().truncatedTo(ChronoUnit.SECONDS), random);
            return trust;
        } catch (UncheckedIOException e) {
            throw unusable(e);
        } catch (IOException e) {
            throw new StackException(data.resolve("keys") + ": cannot be made (" + StackException.rootOf(e) + ")", e);
        }
    }

    private static StackException unusable(UncheckedIOException e) {
        return new StackException(String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " "), e);
    }

    private void requireSigningKey(Instant now, SecureRandom random) {
        Instant from = now.minus(BACKDATED);
        if (!Files.exists(keyStore)) {
            SigningKeys.create(keyStore, passwordFile, from, now.plus(KEY_LASTS), random);
            return;
        }
        SigningKeys keys = SigningKeys.open(keyStore, passwordFile);
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
            return new KafkaAccess.Tls(authority.trusted(), authority.ensure(subject, IDENTITY_LASTS));
        } catch (UncheckedIOException e) {
            throw unusable(e);
        }
    }

    Path tokenKeyStore() {
        return keyStore;
    }

    Path tokenKeyPasswordFile() {
        return passwordFile;
    }
}
