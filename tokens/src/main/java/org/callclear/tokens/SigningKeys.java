package org.callclear.tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.tokens.secrets.OwnerOnly;

/**
 * The private keys that sign tokens: a PKCS#12 file (RFC 7292) and a file with its password, both readable by their
 * owner only. The time a key may sign in is that of its certificate, which is self-signed and proves nothing: gateways
 * learn the public halves from the topic token-keys. Immutable; {@link #add} gives new keys.
 */
public final class SigningKeys {
    private static final int PASSWORD_BYTES = 32;

    private final Path file;
    private final Path passwordFile;
    private final List<SigningKey> keys;

    private SigningKeys(Path file, Path passwordFile, List<SigningKey> keys) {
        this.file = file;
        this.passwordFile = passwordFile;
        this.keys = List.copyOf(keys);
    }

    /**
     * Opens what {@link #create} made.
     *
     * @throws UncheckedIOException naming the file and what is wrong with it; that others can read it is wrong too
     */
    public static SigningKeys open(Path pkcs12, Path passwordFile) {
        try {
            return new SigningKeys(
                    pkcs12, passwordFile, SigningKeyStore.decode(OwnerOnly.read(pkcs12), password(passwordFile)));
        } catch (IOException e) {
            throw new UncheckedIOException("token keys " + pkcs12 + ": " + e.getMessage(), e);
        }
    }

    /**
     * Makes a file with one new key. A password file that is already there is used, else one is made with a random
     * password; so a crash between the two files is repaired by calling again.
     *
     * @param notBefore from when the key may sign, whole seconds
     * @param notAfter until when, exclusive, whole seconds
     * @throws UncheckedIOException when there are keys already, or a file cannot be written
     */
    public static SigningKeys create(
            Path pkcs12, Path passwordFile, Instant notBefore, Instant notAfter, SecureRandom random) {
        try {
            if (Files.exists(pkcs12)) {
                throw new FileAlreadyExistsException(pkcs12.toString(), null, "there are keys already");
            }
            if (!Files.exists(passwordFile)) {
                byte[] password = new byte[PASSWORD_BYTES];
                random.nextBytes(password);
                OwnerOnly.replace(passwordFile, Base64.getEncoder().encode(password));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("token keys " + pkcs12 + ": " + e.getMessage(), e);
        }
        return new SigningKeys(pkcs12, passwordFile, List.of()).add(notBefore, notAfter, random);
    }

    /**
     * These keys and a new one, written to the file. To rotate, add a key that begins once all gateways have read its
     * public half, and ends later than the others.
     */
    public SigningKeys add(Instant notBefore, Instant notAfter, SecureRandom random) {
        List<SigningKey> more = new ArrayList<>(keys);
        more.add(SigningKey.generate(notBefore, notAfter, random));
        try {
            OwnerOnly.replace(file, SigningKeyStore.encode(more, password(passwordFile), random));
        } catch (IOException e) {
            throw new UncheckedIOException("token keys " + file + ": " + e.getMessage(), e);
        }
        return new SigningKeys(file, passwordFile, more);
    }

    private static char[] password(Path passwordFile) throws IOException {
        String password = new String(OwnerOnly.read(passwordFile), StandardCharsets.UTF_8).strip();
        if (password.isEmpty()) {
            throw new IOException("password file " + passwordFile + " is empty");
        }
        return password.toCharArray();
    }

    /** The key to sign new tokens with: of those in their time, the one that began last; none when none is in its time. */
    public Optional<String> activeKeyId(Instant now) {
        return keys.stream()
                .filter(key -> key.isActiveAt(now))
                .max(Comparator.comparing(SigningKey::notBefore).thenComparing(SigningKey::keyId))
                .map(SigningKey::keyId);
    }

    /** The ids of all keys, in their time or not, oldest first. */
    public List<String> keyIds() {
        return keys.stream()
                .sorted(Comparator.comparing(SigningKey::notBefore))
                .map(SigningKey::keyId)
                .toList();
    }

    /** The public halves, for the topic token-keys; whether one was revoked is known to that topic, not to this file. */
    public List<TokenKey> publicKeys() {
        return keys.stream().map(SigningKeys::publicHalf).toList();
    }

    private static TokenKey publicHalf(SigningKey key) {
        return new TokenKey(
                key.keyId(), Jws.ALGORITHM, ByteBuffer.wrap(encoded(key.key())), key.notBefore(), key.notAfter(), null);
    }

    /** SubjectPublicKeyInfo in DER. */
    static byte[] encoded(Ed25519PrivateKeyParameters key) {
        try {
            return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key.generatePublicKey())
                    .getEncoded("DER");
        } catch (IOException e) {
            throw new UncheckedIOException("a public key could not be written to memory", e);
        }
    }

    SigningKey require(String keyId) {
        return keys.stream()
                .filter(key -> key.keyId().equals(keyId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no token key '" + keyId + "' in " + file));
    }

    /** The ids only. */
    @Override
    public String toString() {
        return "SigningKeys" + keyIds();
    }
}
