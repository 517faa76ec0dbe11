package org.callclear.tokens;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.callclear.schemas.avro.TokenKey;
import org.jspecify.annotations.Nullable;

/**
 * The private keys that sign tokens, or statements: those of a PKCS#12 file (RFC 7292) whose password stands in another file, both
 * readable by their owner only, or those of hardware ({@link SigningKeySource.Pkcs11}). The time a key may sign in is
 * that of its certificate, which is self-signed and proves nothing: gateways learn the public halves from the topic
 * token-keys. Immutable; {@link #add} gives new keys.
 */
public final class SigningKeys {
    private static final Comparator<SigningKey> BY_AGE =
            Comparator.comparing(SigningKey::notBefore).thenComparing(SigningKey::keyId);

    private final String place;
    private final @Nullable KeyStoreFile file;
    private final List<SigningKey> keys;
    private final List<TokenKey> publicKeys;

    private SigningKeys(String place, @Nullable KeyStoreFile file, List<SigningKey> keys) {
        this.place = place;
        this.file = file;
        this.keys = keys.stream().sorted(BY_AGE).toList();
        this.publicKeys = this.keys.stream().map(SigningKey::publicHalf).toList();
    }

    private SigningKeys(KeyStoreFile file, List<SigningKey> keys) {
        this(file.file().toString(), file, keys);
    }

    /**
     * Keys that no file holds.
     *
     * @param place where they are, for messages
     */
    static SigningKeys of(String place, List<SigningKey> keys) {
        return new SigningKeys(place, null, keys);
    }

    /**
     * Opens what {@link #create} made.
     *
     * @throws UncheckedIOException naming the file and what is wrong with it; that others can read it is wrong too
     */
    public static SigningKeys open(SigningKeySource.File source) {
        KeyStoreFile file = file(source);
        try {
            return new SigningKeys(file, file.read());
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /** The same, of keys that sign tokens. */
    public static SigningKeys open(Path pkcs12, Path passwordFile) {
        return open(new SigningKeySource.File(pkcs12, passwordFile));
    }

    private static KeyStoreFile file(SigningKeySource.File source) {
        return new KeyStoreFile(source.pkcs12(), source.passwordFile(), source.use());
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
            SigningKeySource.File source, Instant notBefore, Instant notAfter, SecureRandom random) {
        KeyStoreFile file = file(source);
        try {
            return new SigningKeys(file, file.create(SigningKey.generate(notBefore, notAfter, random), random));
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /** The same, for keys that sign tokens. */
    public static SigningKeys create(
            Path pkcs12, Path passwordFile, Instant notBefore, Instant notAfter, SecureRandom random) {
        return create(new SigningKeySource.File(pkcs12, passwordFile), notBefore, notAfter, random);
    }

    /**
     * What {@link #rotate} leads to.
     *
     * @param key the public half of the new one
     */
    public record Rotated(SigningKeys keys, TokenKey key) {}

    /** {@link #rotate}, for whom the keys are enough. */
    public SigningKeys add(Instant notBefore, Instant notAfter, SecureRandom random) {
        return rotate(notBefore, notAfter, random).keys();
    }

    /**
     * What the file holds by now and a new key, written to the file; of two rotations at once neither is lost. The key
     * signs once its public half stands on token-keys.
     *
     * @param notBefore from when the key may sign, whole seconds
     * @param notAfter until when, exclusive, whole seconds
     * @throws IllegalStateException when the keys are in hardware, where they are made by its own tools
     * @throws UncheckedIOException when the file cannot be written; the old one stands
     */
    public Rotated rotate(Instant notBefore, Instant notAfter, SecureRandom random) {
        if (file == null) {
            throw new IllegalStateException("token keys in " + place + ": new ones are made by its own tools");
        }
        SigningKey fresh = SigningKey.generate(notBefore, notAfter, random);
        try {
            return new Rotated(new SigningKeys(file, file.add(fresh, random)), fresh.publicHalf());
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static UncheckedIOException unusable(KeyStoreFile file, IOException e) {
        return new UncheckedIOException(file.use().what() + " keys " + file.file() + ": " + reason(e), e);
    }

    static UncheckedIOException unusable(String place, IOException e) {
        return new UncheckedIOException("token keys " + place + ": " + reason(e), e);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> missing.getFile() + " is not there";
            case EOFException cut -> "cut short or damaged";
            default -> String.valueOf(e.getMessage());
        };
    }

    /** The key to sign new tokens with: of those in their time, the one that began last; none when none is in its time. */
    public Optional<String> activeKeyId(Instant now) {
        return keys.reversed().stream()
                .filter(key -> key.isActiveAt(now))
                .findFirst()
                .map(SigningKey::keyId);
    }

    /** The ids of all keys, in their time or not, oldest first. */
    public List<String> keyIds() {
        return keys.stream().map(SigningKey::keyId).toList();
    }

    /**
     * The public halves, oldest first, for the topic token-keys; whether one was revoked is known to that topic, not
     * here.
     */
    public List<TokenKey> publicKeys() {
        return publicKeys;
    }

    /**
     * The signature over something that is no token, 64 bytes. A key is used for the one or the other.
     *
     * @throws IllegalArgumentException when there is no such key
     * @throws SigningFailedException when what holds the key does not sign
     */
    public byte[] sign(String keyId, byte[] message) {
        return require(keyId).sign(message);
    }

    SigningKey require(String keyId) {
        return keys.stream()
                .filter(key -> key.keyId().equals(keyId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no token key '" + keyId + "' in " + place));
    }

    /** The ids only. */
    @Override
    public String toString() {
        return "SigningKeys" + keyIds();
    }
}
